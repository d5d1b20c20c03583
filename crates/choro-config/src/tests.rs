//! Tables of settings as given and what becomes of them.

use super::*;
use choro_model::{GridId, Lang, SetId};
use std::time::Duration;

/// The settings of a file's text, variables and (flag, key, text).
fn load(file: &str, env: &[(&str, &str)], flags: &[(&'static str, &'static str, &str)]) -> Result<Config, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("choro.toml");
    std::fs::write(&path, file).unwrap();
    let env = env.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    let overrides = flags.iter().fold(Overrides::default(), |o, (flag, key, text)| o.set(flag, key, Some(text)));
    let folder_text = format!("{}/", folder.path().display());
    Config::load(Some(&path), env, overrides).map_err(|e| e.to_string().replace(&folder_text, ""))
}

#[test]
fn a_flag_outweighs_a_variable_a_variable_the_file_and_the_file_the_default() {
    let (file, env) = ("[server]\nmax_headers = 20\n", ("CHORO_MAX_HEADERS", "30"));
    let flag = ("--max-headers", "server.max_headers", "40");
    for (given, expected) in [
        (load("", &[], &[]), 64),
        (load(file, &[], &[]), 20),
        (load(file, &[env], &[]), 30),
        (load(file, &[env], &[flag]), 40),
        (load(file, &[], &[flag]), 40),
        (load("", &[env], &[]), 30),
    ] {
        assert_eq!(given.unwrap().server.limits.max_headers, expected);
    }
}

const KEY: &str = "ed25519:d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

#[test]
fn every_variable_sets_its_key() {
    let values = [
        "w.sqlite",
        "8",
        "/r",
        "i.toml",
        "k",
        "[::1]:0",
        "127.0.0.1:8081",
        "https://a.example",
        "Maps.example.org, b_c.internal",
        "127.0.0.1 10.0.0.0/8,2001:db8::/32",
        "'self'  https://*.b.example",
        "1",
        "18",
        "19",
        "22",
        "20",
        "21",
        "2",
        "300",
        "9000",
        "16",
        "3",
        "31",
        "76",
        "4",
        "5",
        "compressed",
        "60",
        "7",
        KEY,
        "256",
        "77",
        "127.0.0.1:9187",
        "s3://b/p",
        "/c",
        "17",
        "6",
        "json",
        "warn,choro_server=trace",
        "http://collector:4318",
    ];
    let env: Vec<_> = keys::KEYS.iter().zip(values).map(|((_, variable, _), value)| (*variable, value)).collect();
    let config = load("", &env, &[]).unwrap();
    let database = Database { timeout: Duration::from_secs(8), ..Database::file("w.sqlite") };
    assert_eq!(
        config.workspace,
        WorkspaceSettings { database, releases: "/r".into(), indicators: "i.toml".into(), key: "k".into() }
    );
    let expected = ServerSettings {
        addr: "[::1]:0".parse().unwrap(),
        health_addr: "127.0.0.1:8081".parse().ok(),
        public_url: Some("https://a.example".into()),
        allowed_hosts: vec!["maps.example.org".into(), "b_c.internal".into()],
        trusted_proxies: ["127.0.0.1/32", "10.0.0.0/8", "2001:db8::/32"].map(|network| network.parse().unwrap()).into(),
        frame_ancestors: "'self' https://*.b.example".into(),
        limits: Limits {
            max_in_flight: 1,
            max_connections: 18,
            max_connections_per_client: 19,
            max_waiting_per_client: 22,
            max_costly_per_client: 20,
            costly_per_minute: 21,
            request_timeout: Duration::from_secs(2),
            max_url_bytes: 300,
            max_header_bytes: 9000,
            max_headers: 16,
            header_read_timeout: Duration::from_secs(3),
            write_timeout: Duration::from_secs(31),
            idle_timeout: Duration::from_secs(76),
            shutdown_grace: Duration::from_secs(4),
        },
        cache_mb: 5,
        tail: TailSetting::Compressed,
        release_poll: Duration::from_millis(60),
        keep_releases: 7,
        trust: vec![KEY.parse().unwrap()],
    };
    assert_eq!(config.server, expected);
    let storage = StorageSettings {
        url: Some("s3://b/p".into()),
        cache_dir: "/c".into(),
        cache_mb: 17,
        timeout: Duration::from_secs(6),
    };
    assert_eq!(config.storage, storage);
    assert_eq!(config.import, ImportLimits { max_memory_mb: 256, cpu: Duration::from_secs(77) });
    assert_eq!(config.metrics, MetricsSettings { addr: "127.0.0.1:9187".parse().ok() });
    assert_eq!(config.log, LogSettings { format: LogFormat::Json, level: "warn,choro_server=trace".into() });
    assert_eq!(config.traces, TracesSettings { url: Some("http://collector:4318".into()) });
}

#[test]
fn what_is_wrong_is_named_with_its_place_the_value_and_what_is_expected() {
    for (file, expected) in [
        ("[server]\n\nmax_heders = 20", "choro.toml:3: unknown key `server.max_heders`; did you mean `server.max_headers`?"),
        ("[serve]\n", "choro.toml:1: unknown key `serve`; did you mean `server`?"),
        ("xyz = 1\n", "choro.toml:1: unknown key `xyz`; `choro init` writes a file that lists all"),
        ("server = 1\n", "choro.toml:1: `server` is 1, expected a table: [server]"),
        ("[server]\naddr = \"localhost\"", "choro.toml:2: `server.addr` is \"localhost\", expected an address and port"),
        ("[server]\nmax_headers = \"20\"", "`server.max_headers` is \"20\", expected 16 to 1024 headers"),
        ("[server]\nmax_headers = -1", "`server.max_headers` is -1, expected 16 to 1024 headers"),
        ("[server]\nmax_headers = 99999999999999999999", "expected 16 to 1024 headers"),
        ("[server]\nmax_headers = true", "`server.max_headers` is a TOML boolean, expected 16"),
        ("[server]\ntrusted_proxies = \"10.0.0.0/33\"", "is \"10.0.0.0/33\", expected addresses or networks"),
        ("[server]\ntrusted_proxies = \"proxy.example\"", "expected addresses or networks, separated by spaces"),
        ("[server]\nallowed_hosts = \"a.example:8080\"", "is \"a.example:8080\", expected names without port"),
        ("[server]\nallowed_hosts = [\"a.example\"]", "`server.allowed_hosts` is a TOML array, expected names"),
        ("[log]\nlevel = \"infoo\"", "`log.level` is \"infoo\", expected off, error"),
        ("[log]\nlevel = 3", "`log.level` is 3, expected off, error"),
        ("[workspace]\ndatabase = \"\"", "`workspace.database` is \"\", expected a path"),
        ("[server]\ntrust = \"\"", "`server.trust` is \"\", expected public keys separated by spaces"),
        ("[server]\ntrust = \"ed25519:00\"", "`server.trust` is \"ed25519:00\", expected public keys"),
        ("[server\n", "choro.toml:1: not valid TOML: "),
        ("[log]\nlevel = \"info\"\nlevel = \"warn\"", "choro.toml:3: not valid TOML: duplicate key"),
        ("grids = 5", "`grids` is 5, expected tables: [[grids]]"),
        ("[[grids]]\nid = \"A\"\n", "choro.toml:1: `grids.side` is missing, expected a length above 0"),
        ("[boundary_sets.R]\n", "`boundary_sets.R` is \"R\", expected a boundary set id"),
        (
            "[boundary_sets.r]\nmin_zom = 2",
            "choro.toml:2: unknown key `boundary_sets.r.min_zom`; did you mean `boundary_sets.r.min_zoom`?",
        ),
        ("[boundary_sets.r]\nmin_zoom = 9", "`boundary_sets.r`: min_zoom 9 is above max_zoom 8"),
        ("[boundary_sets.r]\nmax_zoom = 25", "expected 0 to 16"),
        (
            "[boundary_sets.r]\ngrids = [\"Mars\"]",
            "there is no grid Mars: there are fitted, WebMercatorQuad, RussiaAlbersQuad",
        ),
        ("[boundary_sets.r]\nmost_outside = 5", "`boundary_sets.r.most_outside` is 5, expected a share from 0 to 1"),
        ("[[grids]]\nid = \"fitted\"\ncrs = \"+proj=laea\"\ncorner = [0, 0]\nside = 1\n", "give this one another id"),
        ("[boundary_sets.r]\ngrids = \"Mars\"", "`boundary_sets.r.grids` is \"Mars\", expected grid ids"),
        ("[boundary_sets.r]\nmlt = 2", "`boundary_sets.r.mlt` is 2, expected true or false"),
        ("[boundary_sets.r]\ndefault_lang = \"English\"", "expected a language tag"),
    ] {
        let error = load(file, &[], &[]).expect_err(file);
        assert!(error.contains(expected), "{file}\n   got {error}\nwanted {expected}");
    }
}

#[test]
fn unknown_variables_are_refused_and_those_of_other_programs_ignored() {
    let error = load("", &[("CHORO_ADR", "x")], &[]).unwrap_err();
    assert_eq!(error, "unknown environment variable CHORO_ADR; did you mean `CHORO_ADDR`?");
    let error = load("", &[("CHORO_ADDR", "x")], &[]).unwrap_err();
    assert!(error.starts_with("environment variable CHORO_ADDR: `server.addr` is \"x\""), "{error}");
    let error = load("", &[], &[("--addr", "server.addr", "x")]).unwrap_err();
    assert!(error.starts_with("flag --addr: `server.addr` is \"x\""), "{error}");
    load("", &[("PATH", "/bin"), ("CHORO_GDAL", "/x"), ("CHORO_TEST_DATA", "/y"), ("CHORO_CONFIG", "z")], &[]).unwrap();
}

#[test]
fn a_public_url_is_plain_or_refused() {
    for (given, expected) in [
        ("https://maps.example.org/", Some("https://maps.example.org")),
        ("http://127.0.0.1:8080/a/b", Some("http://127.0.0.1:8080/a/b")),
        ("http://[::1]:8080", Some("http://[::1]:8080")),
        ("https://a.example/x/../y", None),
        ("https://a.example/%2e%2e/y", None),
        ("https://a.example//y", None),
        ("https://a.example\\y", None),
        ("https://user@a.example", None),
        ("https://a.example/?q=1", None),
        ("https://a.example/#f", None),
        ("https://a.example/\"><script>", None),
        ("javascript:alert(1)", None),
        ("ftp://a.example", None),
        ("a.example", None),
        ("HTTPS://A.example", None),
        ("", None),
    ] {
        let got = load("", &[("CHORO_PUBLIC_URL", given)], &[]);
        assert_eq!(got.ok().and_then(|c| c.server.public_url).as_deref(), expected, "{given}");
    }
}

#[test]
fn paths_of_the_file_count_from_its_folder_and_those_of_variables_do_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("choro.toml");
    std::fs::write(&path, "[workspace]\ndatabase = \"db/a.sqlite\"\n").unwrap();
    let env = [("CHORO_INDICATORS".to_owned(), "i.toml".to_owned())];
    let config = Config::load(Some(&path), env.into_iter(), Overrides::default()).unwrap();
    let expected = WorkspaceSettings {
        database: Database::file(folder.path().join("db/a.sqlite")),
        releases: folder.path().join("releases"),
        indicators: "i.toml".into(),
        key: folder.path().join("keys/release.key"),
    };
    assert_eq!(config.workspace, expected);
}

#[test]
fn a_database_is_a_file_or_a_url_whose_password_is_never_shown() {
    for (given, shown) in [
        ("postgres://u:SECRET@h:5433/d?sslmode=require", Ok("postgres://u@h:5433/d?sslmode=require")),
        ("postgresql://u@h/d", Ok("postgresql://u@h/d")),
        ("postgres:///d?host=/run/postgresql&password=SECRET", Ok("postgres:///d?host=%2Frun%2Fpostgresql")),
        ("postgres://h/d?password=SECRET", Ok("postgres://h/d")),
        ("postgres://u:SECRET@h/", Err("is \"postgres://...@h/\", expected postgres://USER@HOST/DATABASE")),
        ("postgres://u:SECRET@h/a/b", Err("expected postgres://")),
        ("postgres:///d", Err("expected postgres://")),
        ("postgres://u:SECRET@h/d?sslmod=require", Err("expected no parameter \"sslmod\", but of these: host")),
        ("mysql://u:SE@CRET@h/d", Err("is \"mysql://...@h/d\", expected postgres://")),
        ("postgres://h:port/d?password=SECRET", Err("expected postgres://")),
    ] {
        let (name, text) = ("CHORO_DATABASE".to_owned(), given.to_owned());
        let got = Config::load(None, [(name, text)].into_iter(), Overrides::default());
        let debug = format!("{got:?}");
        assert!(!debug.contains("SECRET") && !debug.contains("CRET"), "{debug}");
        match (got.map_err(|e| e.to_string()), shown) {
            (Ok(config), Ok(shown)) => assert_eq!(config.workspace.database.place.to_string(), shown, "{given}"),
            (Err(error), Err(shown)) => assert!(error.contains(shown) && !error.contains("CRET"), "{given}: {error}"),
            (got, _) => panic!("{given}: {:?}", got.map(|config| config.workspace.database)),
        }
    }
}

#[test]
fn grids_and_boundary_sets_are_configuration() {
    let file = "[[grids]]\nid = \"NorthPolarQuad\"\ncrs = \"+proj=laea +lat_0=90\"\ncorner = [-9_000_000, 9e6]\nside = 1.8e7\n\
                max_zoom = 5\n[boundary_sets.regions]\ngrids = [\"NorthPolarQuad\", \"fitted\"]\nmost_outside = 0.2\nmax_zoom = 5\nmlt = true\ndefault_lang = \"ru\"\n";
    let config = load(file, &[], &[]).unwrap();
    let grid = config.grids.last().unwrap();
    assert_eq!((grid.corner, grid.side, grid.min_zoom, grid.max_zoom), ([-9e6, 9e6], 1.8e7, 0, 5));
    let set = config.boundary_set(&SetId::new("regions").unwrap());
    let grids = Some(vec![GridChoice::Grid(GridId::new("NorthPolarQuad").unwrap()), GridChoice::Fitted]);
    assert_eq!(
        set,
        BoundarySetConfig {
            grids,
            most_outside: 0.2,
            max_zoom: 5,
            mlt: true,
            default_lang: Some(Lang::new("ru").unwrap()),
            ..BoundarySetConfig::default()
        }
    );
    assert_eq!(config.boundary_set(&SetId::new("others").unwrap()), BoundarySetConfig::default());

    for (from, to, expected) in [
        ("side = 1.8e7", "side = 0", "expected a length above 0"),
        ("side = 1.8e7", "side = inf", "expected a length above 0"),
        ("NorthPolarQuad\"\ncrs", "WebMercatorQuad\"\ncrs", "grid WebMercatorQuad is built in or defined twice"),
        ("[-9_000_000, 9e6]", "[1]", "expected the top left corner as [x, y]"),
        ("+proj=laea +lat_0=90", "EPSG:3035", "expected a PROJ string"),
    ] {
        let error = load(&file.replace(from, to), &[], &[]).expect_err(to);
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn the_file_of_init_shows_every_key_with_its_default() {
    let shown = Config::default_toml();
    let set: String = shown
        .lines()
        .map(|l| l.strip_prefix("# ").filter(|l| l.contains(" = ") && !l.starts_with(' ')).unwrap_or(l))
        .map(|l| format!("{l}\n"))
        .collect();
    let config = load(&set, &[], &[]).unwrap();
    assert_eq!(
        (&config.server, &config.import, &config.log, &config.grids),
        (&ServerSettings::default(), &ImportLimits::default(), &LogSettings::default(), &Config::default().grids)
    );
    load(shown, &[], &[]).unwrap();
    for (key, variable, _) in keys::KEYS {
        let name = key.split_once('.').unwrap().1;
        assert!(shown.contains(&format!("{name} = ")) && shown.contains(variable), "{key}");
    }
    let examples: String = shown.lines().map(|l| l.strip_prefix("#   ").unwrap_or(l)).map(|l| format!("{l}\n")).collect();
    let config = load(&examples, &[], &[]).unwrap();
    assert_eq!((config.grids.len(), config.boundary_sets.len()), (3, 1));
}

/// Every key that is a single value, with its part of docs/choro.schema.json.
fn schema() -> Vec<(String, serde_json::Value)> {
    let schema: serde_json::Value = serde_json::from_str(include_str!("../../../docs/choro.schema.json")).unwrap();
    let tables = schema["properties"].as_object().unwrap();
    let keys = tables.iter().flat_map(|(table, about)| {
        let keys = about["properties"].as_object().into_iter().flatten();
        keys.map(move |(key, about)| (format!("{table}.{key}"), about.clone()))
    });
    keys.collect()
}

#[test]
fn the_schema_has_every_key_with_its_variable_and_no_other() {
    let schema = schema();
    let names: Vec<_> = schema.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(names, keys::KEYS.map(|(key, ..)| key));
    for ((key, about), (_, variable, _)) in schema.iter().zip(keys::KEYS) {
        assert!(about["description"].as_str().unwrap().ends_with(variable), "{key}: {about}");
    }
}

#[test]
fn the_limits_of_the_schema_are_those_of_the_parser_and_its_defaults_those_of_the_file() {
    for (key, about) in schema() {
        let (table, name) = key.split_once('.').unwrap();
        if let Some(default) = about.get("default") {
            let line = format!("# {name} = {default} ");
            assert!(Config::default_toml().contains(&line), "{line:?} is not in the file that init writes");
        }
        if about["type"] != "integer" {
            continue;
        }
        let accepts = |n: i64| load(&format!("[{table}]\n{name} = {n}\n"), &[], &[]).is_ok();
        let (min, max) = (about["minimum"].as_i64().unwrap(), about["maximum"].as_i64().unwrap());
        assert!(accepts(min) && accepts(max) && !accepts(min - 1) && !accepts(max + 1), "{key}: {min} to {max}");
    }
}
