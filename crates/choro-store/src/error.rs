//! What can go wrong with the workspace's database, in the operator's words.

/// Why the store could not do what was asked. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no file, or an empty database.
    #[error("{place}: no database here; make a workspace with `choro init`, or correct `workspace.database`")]
    Absent {
        /// File or URL as configured, without a password.
        place: String,
    },
    /// It is something else.
    #[error("{place}: {what}; correct `workspace.database`, nothing was changed there")]
    NotAWorkspace {
        /// File or URL as configured, without a password.
        place: String,
        /// What it is.
        what: String,
    },
    /// The schema has a step that this program does not know.
    #[error("{place}: the database was written by a newer choro (schema step {step}); use that version or a later one")]
    Newer {
        /// File or URL as configured, without a password.
        place: String,
        /// The unknown migration's version.
        step: i64,
    },
    /// A step of the schema differs from this program's.
    #[error("{place}: schema step {step} differs from this program's; use the choro that made the workspace")]
    Changed {
        /// File or URL as configured, without a password.
        place: String,
        /// The migration's version.
        step: i64,
    },
    /// Another process holds the database.
    #[error("the database is in use by another choro, which held it for longer than {seconds} s; wait for it, or end it")]
    Locked {
        /// How long was waited.
        seconds: u64,
    },
    /// Another process writes to the server's database.
    #[error(
        "the database is in use by another choro for longer than `workspace.database_timeout_s`: nothing was stored; run the \
         command again when the other one is done"
    )]
    Occupied,
    /// No right to write.
    #[error("the database or its folder cannot be written; check the rights of the file, its -wal and -shm, and the folder")]
    ReadOnly,
    /// A server that only reads.
    #[error(
        "the database takes no changes ({what}): is it a standby, or set to read only? Nothing was stored; point \
         `workspace.database` at the primary server, or end its read-only state, and run the command again"
    )]
    Standby {
        /// The server's words.
        what: String,
    },
    /// A server that refuses this user.
    #[error(
        "{place}: the server refuses: {what}; correct user, password (PGPASSWORD, ~/.pgpass) or rights, nothing was stored"
    )]
    Refused {
        /// File or URL as configured, without a password.
        place: String,
        /// The server's words.
        what: String,
    },
    /// No answer, or none any more.
    #[error("{place}: the database cannot be reached: {what}; nothing was stored, run the command again when it is back")]
    Unreachable {
        /// File or URL as configured, without a password.
        place: String,
        /// What the network or the server says.
        what: String,
    },
    /// A server that takes too long.
    #[error(
        "the database did not answer within {seconds} s (`workspace.database_timeout_s`): nothing was stored; run the command \
         again when it is well"
    )]
    Slow {
        /// How long was waited.
        seconds: u64,
    },
    /// A server that was lost at the last step.
    #[error(
        "the database did not confirm the last step ({what}): either all was stored or nothing; run the command again, which \
         changes nothing if all was"
    )]
    Unconfirmed {
        /// What happened instead.
        what: String,
    },
    /// A disk that fails, or takes no changes any more.
    #[error(
        "the disk did not do what the database asked of it ({what}): nothing was stored; see the system's log, mend the disk or its \
         mount, and run the command again"
    )]
    Disk {
        /// The database's words.
        what: String,
    },
    /// No room.
    #[error("the disk is full: nothing was stored; make room and run the command again")]
    DiskFull,
    /// Other boundaries under an id that exists.
    #[error(
        "boundary set {set}, vintage {vintage} exists with other content (sha256 {stored}, this file gives {given}): a vintage \
         never changes; import under another --vintage, or with --replace as long as no release uses it"
    )]
    OtherContent {
        /// The set.
        set: String,
        /// Its vintage.
        vintage: String,
        /// Hash of what is stored.
        stored: String,
        /// Hash of what was given.
        given: String,
    },
    /// Replacing what is public.
    #[error("boundary set {set}, vintage {vintage} is part of a release and never changes; import under another --vintage")]
    Published {
        /// The set.
        set: String,
        /// Its vintage.
        vintage: String,
    },
    /// A set and vintage that are not stored.
    #[error("boundary set {set} has no vintage {vintage}: stored are {known}; import it with `choro import boundaries`")]
    UnknownBoundaries {
        /// The set.
        set: String,
        /// The vintage.
        vintage: String,
        /// What is stored, comma separated.
        known: String,
    },
    /// An area code that occurs twice.
    #[error("boundary set {set}: area code {code:?} occurs twice; codes are unique in a set")]
    DuplicateArea {
        /// The set.
        set: String,
        /// The code.
        code: String,
    },
    /// An area that the vintage does not have.
    #[error("observation {place}: vintage {vintage} of boundary set {set} has no area {area:?}; correct the crosswalk")]
    UnknownArea {
        /// Selection of the observation.
        place: String,
        /// The set.
        set: String,
        /// The vintage.
        vintage: String,
        /// The code given.
        area: String,
    },
    /// An indicator that is not stored.
    #[error("observation {place}: indicator {indicator} is not defined; define it in indicators.toml")]
    UnknownIndicator {
        /// Selection of the observation.
        place: String,
        /// The id given.
        indicator: String,
    },
    /// Codes that are not the indicator's.
    #[error("observation {place}: expected one code each for {expected}, got {got:?}")]
    WrongCodes {
        /// Selection of the observation.
        place: String,
        /// The dimensions, comma separated.
        expected: String,
        /// The codes given, comma separated.
        got: String,
    },
    /// An observation that is given twice.
    #[error("observation {place}, area {area}: given twice in one import; keep one of them")]
    DuplicateObservation {
        /// Selection of the observation.
        place: String,
        /// The area.
        area: String,
    },
    /// A value that is not finite.
    #[error("observation {place}, area {area}: the value is not a finite number; give a state instead")]
    NotFinite {
        /// Selection of the observation.
        place: String,
        /// The area.
        area: String,
    },
    /// Figures of one indicator and period on two borders.
    #[error(
        "{place} is stored on borders {stored}, and this import says {given}, which would leave {left} figures of the others \
         beside it: give --vintage {stored}, or import the whole table anew on {given}"
    )]
    OtherBorders {
        /// Indicator and period.
        place: String,
        /// The vintage stored.
        stored: String,
        /// The vintage given.
        given: String,
        /// How many figures would be left.
        left: usize,
    },
    /// A correspondence whose opposite is stored.
    #[error(
        "boundary set {set} has a correspondence from {to} to {from}, and one table serves both directions: give its parts in \
         the column back"
    )]
    ReverseCorrespondence {
        /// The set.
        set: String,
        /// The older vintage of the one given.
        from: String,
        /// The newer vintage of the one given.
        to: String,
    },
    /// An indicator whose stored observations no longer fit.
    #[error(
        "indicator {indicator}: {change}, but {observations} observations are stored; give the changed indicator a new id, or \
         restore the old definition"
    )]
    IndicatorInUse {
        /// The id.
        indicator: String,
        /// What would change.
        change: String,
        /// How many observations it has.
        observations: i64,
    },
    /// A release of this id that has another manifest.
    #[error("release {id} is already recorded with another manifest; a release never changes")]
    ReleaseExists {
        /// The id.
        id: String,
    },
    /// What a release publishes cannot be read back from where it waited.
    #[error(
        "a published table cannot be read from the temporary folder: {0}; free space there, or name another folder in TMPDIR"
    )]
    Content(#[source] std::io::Error),
    /// Stored data that cannot be read back.
    #[error("{place} is damaged in the database: {what}; restore the database from a backup")]
    Damaged {
        /// Table and key.
        place: String,
        /// What is wrong.
        what: String,
    },
    /// Anything else that the database says.
    #[error("the database failed: {0}")]
    Database(#[source] sqlx::Error),
}

impl StoreError {
    /// This error, with the place of the database in it.
    pub(crate) fn at(self, at: &str) -> Self {
        match self {
            Self::Unreachable { what, .. } => Self::Unreachable { place: at.to_owned(), what },
            Self::Refused { what, .. } => Self::Refused { place: at.to_owned(), what },
            other => other,
        }
    }
}
