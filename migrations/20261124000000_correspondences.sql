-- Correspondences between two vintages of a set, and on which vintage's borders the figures of a period are.

CREATE TABLE correspondence (
    set_code     TEXT   NOT NULL,
    from_vintage TEXT   NOT NULL,
    to_vintage   TEXT   NOT NULL,
    definition   TEXT   NOT NULL, -- JSON
    file_name    TEXT   NOT NULL,
    file_sha256  TEXT   NOT NULL,
    imported_at  BIGINT NOT NULL, -- seconds since 1970, UTC
    PRIMARY KEY (set_code, from_vintage, to_vintage)
);

CREATE TABLE period_vintage (
    set_code  TEXT NOT NULL,
    indicator TEXT NOT NULL REFERENCES indicator (id),
    period    TEXT NOT NULL,
    vintage   TEXT NOT NULL,
    PRIMARY KEY (set_code, indicator, period)
);

-- What is stored already is on the borders that its last import named.
INSERT INTO period_vintage (set_code, indicator, period, vintage)
SELECT last.set_code, last.indicator, last.period, i.vintage
FROM (
    SELECT s.set_code, s.indicator, s.period, MAX(o.import_id) AS import_id
    FROM series s JOIN observation o ON o.series_id = s.id
    GROUP BY s.set_code, s.indicator, s.period
) last
JOIN observation_import i ON i.id = last.import_id;
