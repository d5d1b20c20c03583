-- The workspace: boundary sets, indicators, observations, releases. Read by SQLite and PostgreSQL alike (migrations/README.md).
-- Ids are given by the program inside the transaction, since the two databases agree on no generated column.

CREATE TABLE boundary_set (
    id           BIGINT  NOT NULL PRIMARY KEY,
    set_code     TEXT    NOT NULL,
    vintage      TEXT    NOT NULL,
    names        TEXT    NOT NULL, -- JSON object: text by language
    source       TEXT    NOT NULL,
    licence      TEXT    NOT NULL,
    content_hash TEXT    NOT NULL,
    report       TEXT    NOT NULL, -- JSON: the import report
    published    BOOLEAN NOT NULL, -- a release uses this vintage: it never changes again
    imported_at  BIGINT  NOT NULL, -- seconds since 1970, UTC
    UNIQUE (set_code, vintage)
);

-- One number for each area code of a set, whatever its vintage: observations refer to codes, which outlive borders.
CREATE TABLE area_code (
    id       BIGINT NOT NULL PRIMARY KEY,
    set_code TEXT   NOT NULL,
    code     TEXT   NOT NULL,
    UNIQUE (set_code, code)
);

CREATE TABLE area (
    boundary_set_id BIGINT NOT NULL REFERENCES boundary_set (id) ON DELETE CASCADE,
    area_id         BIGINT NOT NULL REFERENCES area_code (id),
    ordinal         BIGINT NOT NULL,
    names           TEXT   NOT NULL, -- JSON object: text by language
    parent          TEXT,
    has_polygon     BOOLEAN NOT NULL,
    PRIMARY KEY (boundary_set_id, area_id)
);

-- Beside `area`, so that codes and names are read without passing over megabytes of geometry.
CREATE TABLE area_geometry (
    boundary_set_id BIGINT NOT NULL,
    area_id         BIGINT NOT NULL,
    wkb             BYTEA  NOT NULL, -- multipolygon, longitude and latitude in degrees
    PRIMARY KEY (boundary_set_id, area_id),
    FOREIGN KEY (boundary_set_id, area_id) REFERENCES area (boundary_set_id, area_id) ON DELETE CASCADE
);

CREATE TABLE indicator (
    id         TEXT   NOT NULL PRIMARY KEY,
    ordinal    BIGINT NOT NULL, -- its place in the indicator file
    definition TEXT   NOT NULL  -- JSON
);

CREATE TABLE observation_import (
    id          BIGINT NOT NULL PRIMARY KEY,
    set_code    TEXT   NOT NULL,
    vintage     TEXT   NOT NULL,
    file_name   TEXT   NOT NULL,
    file_sha256 TEXT   NOT NULL,
    mapping     TEXT   NOT NULL, -- TOML, as used
    report      TEXT   NOT NULL, -- JSON: the join report
    imported_at BIGINT NOT NULL  -- seconds since 1970, UTC
);

-- One indicator at one period with one code for each dimension: what becomes a column of a release.
CREATE TABLE series (
    id        BIGINT NOT NULL PRIMARY KEY,
    set_code  TEXT   NOT NULL,
    indicator TEXT   NOT NULL REFERENCES indicator (id),
    period    TEXT   NOT NULL,
    codes     TEXT   NOT NULL, -- in the order of the indicator's dimensions, comma separated
    UNIQUE (set_code, indicator, period, codes)
);

CREATE TABLE observation (
    series_id BIGINT NOT NULL REFERENCES series (id),
    area_id   BIGINT NOT NULL REFERENCES area_code (id),
    value     DOUBLE PRECISION,
    state     TEXT,
    status    TEXT, -- SDMX CL_OBS_STATUS
    import_id BIGINT NOT NULL REFERENCES observation_import (id),
    PRIMARY KEY (series_id, area_id),
    CHECK ((value IS NULL) <> (state IS NULL))
);

CREATE TABLE release (
    id            TEXT   NOT NULL PRIMARY KEY,
    ordinal       BIGINT NOT NULL UNIQUE,
    created       TEXT   NOT NULL, -- RFC 3339, as in the manifest
    manifest_hash TEXT   NOT NULL
);

CREATE TABLE release_boundary_set (
    release_id      TEXT   NOT NULL REFERENCES release (id),
    boundary_set_id BIGINT NOT NULL REFERENCES boundary_set (id),
    PRIMARY KEY (release_id, boundary_set_id)
);
