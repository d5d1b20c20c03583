//! What reading one file may cost: a file made to swell in GDAL's readers ends this program, and the machine stays usable.

use rlimit::Resource;
use std::io;

/// Address space, bytes: the libraries, and a file of two GiB with what its reader makes of it.
const MEMORY: u64 = 16 << 30;
/// Time of computing, seconds; three million vertices take ten.
const SECONDS: u64 = 3600;

/// Sets the limits, or keeps those that are smaller already.
pub fn set() -> io::Result<()> {
    for (resource, most) in [(Resource::AS, MEMORY), (Resource::CPU, SECONDS), (Resource::CORE, 0)] {
        let (soft, hard) = resource.get()?;
        resource.set(soft.min(most), hard.min(most))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_only_sink() {
        let before = Resource::AS.get().expect("Unix has it").0;
        set().expect("limits may always be lowered");
        assert_eq!(Resource::AS.get().expect("Unix has it").0, before.min(MEMORY));
        assert!(Resource::CPU.get().expect("Unix has it").0 <= SECONDS);
    }
}
