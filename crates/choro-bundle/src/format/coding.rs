//! Content codings, and the beginnings of streams that something may follow.
//!
//! A prefix is a stream in a coding that ends at a whole byte and is not over: a gzip header with deflate blocks up to a sync
//! flush (RFC 1951), Brotli meta-blocks up to a flush (RFC 7932), a Zstandard frame's first blocks (RFC 8878). What follows is
//! appended as it is, in the coding's own stored blocks (`encode::tail`).

use flate2::{Compress, Compression, FlushCompress};
use libdeflater::{CompressionLvl, Compressor};
use std::io::{self, Write as _};
use zstd::stream::raw::{CParameter, InBuffer, Operation as _, OutBuffer};

/// A content coding (RFC 9110, 8.4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Coding {
    /// As it is.
    Identity,
    /// RFC 1952.
    Gzip,
    /// RFC 7932.
    Brotli,
    /// RFC 8878.
    Zstd,
}

impl Coding {
    /// All of them; the discriminant of each is its place here.
    pub const ALL: [Self; 4] = [Self::Identity, Self::Gzip, Self::Brotli, Self::Zstd];

    /// Its name in `Content-Encoding`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Gzip => "gzip",
            Self::Brotli => "br",
            Self::Zstd => "zstd",
        }
    }
}

/// How hard each coding tries. docs/performance.md has the measurement: bytes saved against processor time.
#[derive(Debug, Clone, Copy)]
pub struct Quality {
    /// Of deflate, 1 to 9.
    pub gzip: u32,
    /// Of Brotli, 0 to 11.
    pub brotli: i32,
    /// Of Zstandard, 1 to 19.
    pub zstd: i32,
}

/// What bundles are built with. Each step further up would take more than twice the time for each percent that it saves.
pub const QUALITY: Quality = Quality { gzip: 6, brotli: 5, zstd: 6 };

/// Gzip without name, time or system (RFC 1952, 2.3).
const GZIP_HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255];
/// The windows of Brotli and Zstandard as powers of two: larger than any tile, smaller than what a decoder may refuse. A block
/// of Zstandard may have 128 KiB at this size (RFC 8878, 3.1.1.2.4).
const WINDOW: u32 = 18;
/// Bytes that Brotli's writer gathers before it hands them on.
const BUFFER: usize = 16 * 1024;

/// Makes prefixes. Kept between tiles, since the tables of a compressor cost more than a small tile.
pub struct Prefixes {
    quality: Quality,
    deflate: Compress,
    /// For what is whole: it takes half of the time, but cannot stop and go on.
    gzip: Compressor,
    zstd: zstd::stream::raw::Encoder<'static>,
}

impl Prefixes {
    /// A maker.
    pub fn new(quality: Quality) -> io::Result<Self> {
        let mut zstd = zstd::stream::raw::Encoder::new(quality.zstd)?;
        // Neither the size nor a checksum of the whole is known when the prefix is made.
        for parameter in [CParameter::ContentSizeFlag(false), CParameter::ChecksumFlag(false), CParameter::WindowLog(WINDOW)]
        {
            zstd.set_parameter(parameter)?;
        }
        let level = i32::try_from(quality.gzip).ok().and_then(|level| CompressionLvl::new(level).ok()).unwrap_or_default();
        Ok(Self {
            quality,
            gzip: Compressor::new(level),
            deflate: Compress::new(Compression::new(quality.gzip), false),
            zstd,
        })
    }

    /// `raw` in a coding, open at its end.
    pub fn make(&mut self, raw: &[u8], coding: Coding) -> io::Result<Vec<u8>> {
        match coding {
            Coding::Identity => Ok(raw.to_vec()),
            Coding::Gzip => self.deflated(raw),
            Coding::Brotli => self.brotli(raw, false),
            Coding::Zstd => self.zstd(raw, false),
        }
    }

    /// `raw` in a coding, complete.
    pub fn whole(&mut self, raw: &[u8], coding: Coding) -> io::Result<Vec<u8>> {
        match coding {
            Coding::Identity => Ok(raw.to_vec()),
            Coding::Gzip => {
                let mut out = vec![0; self.gzip.gzip_compress_bound(raw.len())];
                let written = self.gzip.gzip_compress(raw, &mut out).map_err(io::Error::other)?;
                out.truncate(written);
                Ok(out)
            }
            Coding::Brotli => self.brotli(raw, true),
            Coding::Zstd => self.zstd(raw, true),
        }
    }

    fn deflated(&mut self, raw: &[u8]) -> io::Result<Vec<u8>> {
        self.deflate.reset();
        let mut out = Vec::with_capacity(GZIP_HEADER.len() + raw.len() + 64);
        out.extend(GZIP_HEADER);
        loop {
            let taken = usize::try_from(self.deflate.total_in()).unwrap_or(usize::MAX);
            let rest = raw.get(taken..).unwrap_or_default();
            self.deflate.compress_vec(rest, &mut out, FlushCompress::Sync)?;
            let all_in = usize::try_from(self.deflate.total_in()).is_ok_and(|taken| taken == raw.len());
            // Room left over means that the flush is complete.
            if all_in && out.len() < out.capacity() {
                return Ok(out);
            }
            out.reserve(raw.len() / 2 + 64);
        }
    }

    fn brotli(&self, raw: &[u8], end: bool) -> io::Result<Vec<u8>> {
        let parameters = brotli::enc::BrotliEncoderParams {
            quality: self.quality.brotli,
            lgwin: WINDOW as i32,
            size_hint: raw.len(),
            ..Default::default()
        };
        let mut out = Vec::with_capacity(raw.len() / 2 + 64);
        let mut writer = brotli::CompressorWriter::with_params(&mut out, BUFFER, &parameters);
        writer.write_all(raw)?;
        if !end {
            writer.flush()?;
        }
        let open = writer.get_ref().len();
        // Going, it ends the stream.
        drop(writer);
        if !end {
            out.truncate(open);
        }
        Ok(out)
    }

    fn zstd(&mut self, raw: &[u8], end: bool) -> io::Result<Vec<u8>> {
        self.zstd.reinit()?;
        let mut out = vec![0; zstd::zstd_safe::compress_bound(raw.len()) + 64];
        let mut target = OutBuffer::around(out.as_mut_slice());
        let mut source = InBuffer::around(raw);
        while source.pos() < raw.len() {
            self.zstd.run(&mut source, &mut target)?;
        }
        let left = if end { self.zstd.finish(&mut target, true)? } else { self.zstd.flush(&mut target)? };
        let written = target.pos();
        out.truncate(written);
        if left == 0 { Ok(out) } else { Err(io::Error::other("a Zstandard prefix outgrew its bound")) }
    }
}
