//! Tiles: a skeleton with a column spliced in.

use super::{
    accepted_codings::AcceptedCodings,
    answer::{Answer, AnswerContent},
    server::ReleaseServer,
};
use crate::serving::{
    cache::content_tag::{Tag, TailMark},
    error::ServeError,
    select::{
        data_query::DataQuery,
        resolved_query::{PeriodLimit, ResolvedQuery},
        tileset::skeleton,
    },
};
use choro_bundle::{
    Coding, Column, Skeleton,
    encode::splice::{Spliced, Tail},
};
use choro_model::grid::TileCoord;

/// The end of a tile's tag. It is changed here whenever the same skeleton and column begin to give other bytes than before.
const fn form(tail: Tail) -> TailMark {
    match tail {
        Tail::Stored => *b"-3s",
        Tail::Compressed => *b"-3c",
    }
}

impl ReleaseServer {
    /// One tile. `known(tag, coding)` says whether the client has it already; nothing is encoded then.
    ///
    /// # Errors
    /// The release lacks something that the query names, the zoom is out of range, or the client takes none of the codings.
    pub async fn tile(
        &self,
        query: &DataQuery,
        coord: TileCoord,
        accepted: AcceptedCodings,
        known: impl FnOnce(Tag, Coding) -> bool,
    ) -> Result<Answer, ServeError> {
        let (release, pinned) = self.release(query.release.as_ref()).await?;
        let resolved = ResolvedQuery::find(&release, query, PeriodLimit::One)?;
        let skeleton = skeleton(&release, &resolved, query)?;
        check_zoom(skeleton, coord)?;
        let column = match resolved.selection() {
            Some((_, selection)) => Some(self.column(&release, &resolved, selection).await?),
            None => None,
        };
        let column = column.as_deref();
        let tag = Tag::of_tile(skeleton.fingerprint(), column.map(Column::fingerprint), form(self.options.tail));
        let answer = |coding, content| Answer { release: release.id().clone(), pinned, tag, coding, content };
        let Some(spliced) = Spliced::new(skeleton, coord, column, self.options.tail) else {
            let known = known(tag, Coding::Identity);
            return Ok(answer(Coding::Identity, if known { AnswerContent::Unchanged } else { AnswerContent::Empty }));
        };
        let coding = accepted.choose(|coding| spliced.size(coding)).ok_or(ServeError::NotAcceptable)?;
        if known(tag, coding) {
            return Ok(answer(coding, AnswerContent::Unchanged));
        }
        self.tiles.add();
        Ok(answer(coding, AnswerContent::Bytes(spliced.bytes(coding)?)))
    }
}

fn check_zoom(skeleton: &Skeleton, coord: TileCoord) -> Result<(), ServeError> {
    let (min, max) = (skeleton.min_zoom(), skeleton.max_zoom());
    if (min..=max).contains(&coord.z()) {
        return Ok(());
    }
    Err(ServeError::NotFound(format!(
        "tile {coord} is not there: zooms go from {min} to {max}; overzoom tiles of zoom {max}"
    )))
}
