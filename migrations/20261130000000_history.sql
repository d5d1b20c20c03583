-- What was stored before, and what each release has published. Rows are only ever added, and only for what has changed.

-- Where in its file an observation stands: its row from 1, and 4294967296 times the number of its sheet from 0. NULL: not known.
ALTER TABLE observation ADD COLUMN file_place BIGINT;

-- The sheets of the file, where it has several: JSON, a list of names.
ALTER TABLE observation_import ADD COLUMN sheets TEXT;

-- Observations as they were before a later import replaced them, or took them away. What is stored now has no row here.
CREATE TABLE observation_revision (
    series_id    BIGINT NOT NULL,
    area_id      BIGINT NOT NULL,
    import_id    BIGINT NOT NULL, -- the import that brought it
    value        DOUBLE PRECISION,
    state        TEXT,
    status       TEXT,            -- SDMX CL_OBS_STATUS
    file_place   BIGINT,          -- as in observation
    until_import BIGINT NOT NULL, -- the import that replaced it, or took it away
    PRIMARY KEY (series_id, area_id, import_id),
    CHECK ((value IS NULL) <> (state IS NULL))
);

-- On which borders the figures of a period were from each import on that changed it.
CREATE TABLE period_vintage_revision (
    set_code  TEXT   NOT NULL,
    indicator TEXT   NOT NULL REFERENCES indicator (id),
    period    TEXT   NOT NULL,
    import_id BIGINT NOT NULL, -- 0: before this was kept
    vintage   TEXT   NOT NULL,
    PRIMARY KEY (set_code, indicator, period, import_id)
);

INSERT INTO period_vintage_revision (set_code, indicator, period, import_id, vintage)
SELECT set_code, indicator, period, 0, vintage FROM period_vintage;

-- Tables as they were published, each content once for all releases.
CREATE TABLE published_content (
    hash  TEXT  NOT NULL PRIMARY KEY, -- SHA-256 of the content, hexadecimal
    bytes BYTEA NOT NULL              -- the content, deflated (choro-store, history::packed)
);

-- Which table of which release has which content. Releases that were withdrawn or deleted stay here.
CREATE TABLE published_table (
    release_id     TEXT   NOT NULL REFERENCES release (id),
    set_code       TEXT   NOT NULL,
    vintage        TEXT   NOT NULL,
    indicator      TEXT   NOT NULL,
    period         TEXT   NOT NULL,
    content_hash   TEXT   NOT NULL REFERENCES published_content (hash),
    origin         TEXT,            -- 'restated' or 'aggregated'; NULL: the source's own
    origin_set     TEXT,            -- whose figures it was made of
    origin_vintage TEXT,
    last_import    BIGINT NOT NULL, -- it was made of what was stored by this import and those before it
    PRIMARY KEY (set_code, indicator, period, vintage, release_id)
);

CREATE INDEX published_table_of_release ON published_table (release_id);
