//! Starts `choro-gdal` and reads what it says, frame by frame.

use super::{
    frames::{self, Costs, GdalFrame},
    process::GdalProcess,
};
use crate::boundary::error::BoundaryError;
use std::{
    io::{BufReader, ErrorKind, Read},
    process::{ChildStdout, Command},
};

/// Why the frames ended too early.
pub enum Broken {
    /// The stream broke off.
    Off(std::io::Error),
    /// The program refused the file, or a limit is exceeded.
    Said(BoundaryError),
}

impl From<BoundaryError> for Broken {
    fn from(error: BoundaryError) -> Self {
        Self::Said(error)
    }
}

impl Broken {
    /// The error, where nobody knows how the program ended.
    pub fn into_error(self, place: &str) -> BoundaryError {
        match self {
            Self::Off(error) => BoundaryError::Gdal { path: place.to_owned(), what: broken_off(&error) },
            Self::Said(error) => error,
        }
    }
}

/// What the frames of a run are made into.
type Taken<T> = Result<T, Broken>;

/// Runs the program and takes its frames behind the first, which says what reading may cost.
pub fn run<T>(
    mut command: Command,
    place: &str,
    take: impl FnOnce(&mut BufReader<ChildStdout>) -> Taken<T>,
) -> Result<T, BoundaryError> {
    let failed = |what: String| BoundaryError::Gdal { path: place.to_owned(), what };
    let program = command.get_program().to_string_lossy().into_owned();
    let (helper, stream) = GdalProcess::start(&mut command).map_err(|e| failed(format!("{program} does not start: {e}")))?;
    let mut stream = BufReader::with_capacity(1 << 20, stream);
    let mut costs = Costs::default();
    match first(&mut stream, place, &mut costs).and_then(|()| take(&mut stream)) {
        // How the program ended tells why the stream broke off.
        Err(Broken::Off(error)) => Err(failed(helper.end(&costs).unwrap_or_else(|| broken_off(&error)))),
        Err(Broken::Said(error)) => Err(error),
        Ok(taken) => helper.end(&costs).map_or(Ok(taken), |end| Err(failed(end))),
    }
}

fn broken_off(error: &std::io::Error) -> String {
    format!("its stream broke off: {error}")
}

/// The next frame, of at most `max` bytes.
pub fn next(stream: &mut impl Read, place: &str, max: u64) -> Taken<GdalFrame> {
    frames::read(stream, max).map_err(|error| match error.kind() {
        ErrorKind::UnexpectedEof => Broken::Off(error),
        _ => Broken::Said(BoundaryError::Gdal { path: place.to_owned(), what: broken_off(&error) }),
    })
}

/// The first frame: what reading may cost. Its warnings are passed on.
fn first(stream: &mut impl Read, place: &str, costs: &mut Costs) -> Taken<()> {
    match next(stream, place, 0)? {
        GdalFrame::Costs(told) => *costs = told,
        frame => return Err(unexpected(place, frame).into()),
    }
    for warning in &costs.warnings {
        tracing::warn!(file = place, "{warning}");
    }
    Ok(())
}

/// A frame that does not belong where it stands: an error that the program says, or one of another version.
pub fn unexpected(place: &str, frame: GdalFrame) -> BoundaryError {
    let what = match frame {
        GdalFrame::Error(what) => what,
        other => format!("an unexpected frame: {:.60}; choro and choro-gdal must be of one version", format!("{other:?}")),
    };
    BoundaryError::Gdal { path: place.to_owned(), what }
}
