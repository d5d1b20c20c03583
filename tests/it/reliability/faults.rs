//! The faults of docs/reliability.md. A new test of a fault is named here.

/// A row of the page.
pub struct Fault {
    pub number: u8,
    pub what: &'static str,
    pub made: &'static str,
    pub holds: &'static str,
    /// By module and name, as `cargo test --test it` takes them.
    pub tests: &'static [&'static str],
}

pub const FAULTS: [Fault; 25] = [
    Fault {
        number: 1,
        what: "the database is gone",
        made: "the PostgreSQL server is ended while a server answers",
        holds: "no request notices; a server starts without it; commands end with 1 and say what to do; afterwards releases are \
                heard of again without a restart",
        tests: &["faults::while_the_database_is_gone_the_server_makes_no_error_and_afterwards_it_hears_again"],
    },
    Fault {
        number: 2,
        what: "the database is slow, then silent",
        made: "a proxy holds each piece for 3 s, or lets nothing through any more after 0, 900, 3,000 bytes",
        holds: "no request notices; commands end with 1 in bounded time and change nothing",
        tests: &["faults::a_slow_database_and_one_that_falls_silent_end_commands_in_time_and_do_not_touch_the_server"],
    },
    Fault {
        number: 3,
        what: "the database's connection is cut; it takes no more changes, or another process holds it",
        made: "the proxy cuts after every 400 bytes in turn; PostgreSQL is set to read only; the SQLite file loses its rights, or is \
               held",
        holds: "all of a command was done, or nothing; every bundle that stays is whole",
        tests: &[
            "faults::a_connection_that_is_cut_anywhere_leaves_all_or_nothing",
            "faults::a_database_that_turned_read_only_refuses_commands_and_the_server_goes_on",
            "operating::database_file::a_database_without_the_right_to_write_is_told_with_its_remedy_and_the_server_goes_on",
            "operating::database_file::a_database_that_another_process_holds_is_waited_for_and_then_left_as_it_is",
        ],
    },
    Fault {
        number: 4,
        what: "the disk is full, or fails when it is written to",
        made: "a limit on the size of files: every one from nothing to enough; strace makes writes of the database fail from each \
               one on",
        holds: "the server goes on; import, publish and restore end with 1 and leave nothing half-written; with room enough they succeed",
        tests: &[
            "refusals::publishing::a_disk_that_fills_while_publishing_leaves_the_old_release_current_and_whole",
            "operating::database_file::a_disk_that_fails_from_any_write_of_an_import_on_is_told_with_its_remedy_and_nothing_is_stored",
            "operating::backup::a_disk_that_fills_while_restoring_leaves_nothing_behind",
        ],
    },
    Fault {
        number: 5,
        what: "reads of a file fail, or take long",
        made: "strace makes the reads of one file of the open release end with an I/O error, or wait 300 ms",
        holds: "500 for what needs that file, counted and logged with its name, all else is right; slow reads give right answers; \
                when the disk is well, so is all, without a restart",
        tests: &[
            "operating::reads::a_file_whose_reads_fail_costs_what_needs_it_and_nothing_else_and_is_served_again_when_they_do_not",
            "operating::reads::a_file_whose_reads_take_long_delays_what_needs_it_and_every_answer_is_right",
        ],
    },
    Fault {
        number: 6,
        what: "object storage is gone, silent or lying; its cache on the disk is spoilt, or the disk full",
        made: "the storage is ended, halted, its objects and the cache's files are overwritten, cut, emptied; a proxy answers with a \
               page, or cuts answers off; no file may be longer than nothing",
        holds: "what was fetched is served as ever; the rest is 503 with Retry-After, or 500, within the timeout; no wrong byte, \
                and none kept; used again when it answers; without the cache all is served",
        tests: &[
            "object_storage::storage_that_is_gone_or_slow_costs_only_what_was_not_fetched_and_is_used_again_when_it_answers",
            "object_storage::storage_that_lies_is_never_believed",
            "object_storage::a_page_in_place_of_an_object_and_a_body_that_is_cut_off_are_neither_served_nor_kept",
            "object_storage::a_cache_on_a_full_disk_costs_memory_and_no_answer",
            "object_storage::what_was_spoilt_in_the_cache_is_fetched_again_and_never_served",
        ],
    },
    Fault {
        number: 7,
        what: "a file of the bundle is damaged",
        made: "each file in turn: a byte flipped, half of it cut off, emptied, removed; in the open release and in the next one",
        holds: "right bytes or 500; the next release is refused and the one before stays; `choro check` names the file; mended, it \
                is served without a restart",
        tests: &[
            "operating::faults::damage_of_an_open_release_gives_right_bytes_or_500_and_nothing_else",
            "releases::check_names_the_damaged_file_and_passes_a_whole_bundle",
        ],
    },
    Fault {
        number: 8,
        what: "releases are switched under load",
        made: "a hundred switches between two releases",
        holds: "no answer fails, each is that of the release that it names; memory comes to rest",
        tests: &["operating::faults::a_hundred_switches_under_load_fail_nothing_and_mix_nothing"],
    },
    Fault {
        number: 9,
        what: "the next release is broken; a release is taken back",
        made: "`current` names a bundle with a wrong byte, half a file, a file missing; `choro releases rollback`",
        holds: "the broken one is refused and the server stays ready with the one before; a rollback is served without a restart",
        tests: &[
            "releases::a_broken_next_release_is_refused_and_the_old_one_goes_on",
            "operating::releases::a_rollback_is_served_without_restart_and_both_releases_stay_pinned",
            "operating::releases::a_rollback_to_what_is_damaged_or_not_there_changes_nothing",
        ],
    },
    Fault {
        number: 10,
        what: "the server is asked to stop under load",
        made: "SIGTERM at ten moments",
        holds: "no answer is cut off; not ready for a second first; exit code 0",
        tests: &["load::stop::ten_stops_under_load_cut_nothing_off"],
    },
    Fault {
        number: 11,
        what: "a publisher is killed",
        made: "SIGKILL at a hundred moments of its work",
        holds: "the workspace opens; the release is the old one or the new one, whole; nothing is left over",
        tests: &["operating::faults::a_publisher_killed_a_hundred_times_leaves_the_old_release_or_the_new_one"],
    },
    Fault {
        number: 12,
        what: "servers are restarted in turn",
        made: "two servers of one releases folder behind a proxy that asks the other where one takes no connection; each ends by \
               SIGTERM and starts again, three times",
        holds: "no client sees an error, and every answer is right",
        tests: &["load::rolling::two_servers_restarted_in_turn_behind_a_proxy_cost_no_client_an_answer"],
    },
    Fault {
        number: 13,
        what: "distinct URLs without end, the biggest export",
        made: "200,000 of them, or a million; the export fifty times",
        holds: "memory comes to rest; what is hot stays cached",
        tests: &["load::distinct::distinct_urls_without_end_leave_memory_flat_and_the_hot_ones_kept"],
    },
    Fault {
        number: 14,
        what: "the processor is taken by others",
        made: "two busy processes for each core",
        holds: "no answer fails, health is told in time",
        tests: &["load::starved::a_server_whose_processor_others_take_is_slower_and_fails_nothing"],
    },
    Fault {
        number: 15,
        what: "the clock jumps",
        made: "libfaketime shows the program another time: a second, an hour, a day, ten years, forwards and backwards",
        holds: "no answer changes, caches are told the same, no connection ends; releases made at a wrong time are taken up in the \
                order of their making",
        tests: &[
            "operating::clock::a_clock_that_jumps_changes_no_answer_and_ends_no_connection",
            "operating::clock::releases_made_while_the_clock_is_wrong_are_taken_up_in_the_order_of_their_making",
        ],
    },
    Fault {
        number: 16,
        what: "no file descriptor is left",
        made: "a limit of 32 and 300 connections",
        holds: "the server waits without spinning; who has a connection is served, with 503 and Retry-After where a file has to be \
                opened; it recovers",
        tests: &["load::descriptors::without_file_descriptors_the_server_waits_and_recovers"],
    },
    Fault {
        number: 17,
        what: "slow clients",
        made: "a thousand that read a byte a second",
        holds: "each costs at most 64 KiB; they are sent away; others are served",
        tests: &["load::slow::a_thousand_slow_readers_cost_little_and_are_sent_away"],
    },
    Fault {
        number: 18,
        what: "a herd on a cold cache",
        made: "500 clients ask for one thing",
        holds: "it is made once",
        tests: &["load::herd::a_herd_that_asks_for_one_cold_answer_has_it_made_once"],
    },
    Fault {
        number: 19,
        what: "overload",
        made: "three times the clients that it takes at once",
        holds: "the excess is 503 with Retry-After, the rest right; afterwards all is as before",
        tests: &["load::overload::three_times_the_bearable_load_is_shed_and_the_rest_is_served"],
    },
    Fault {
        number: 20,
        what: "a handler panics; input that would exhaust the stack",
        made: "a thousand requests with the header `choro-fault`, which only builds for tests know; files nested without end",
        holds: "500 for each of them, counted, and nothing of the panic is told; all others are right, no thread is lost; the file is \
                refused",
        tests: &[
            "load::panics::a_thousand_panics_cost_their_own_requests_and_nothing_else",
            "choro-http::gate::tests::a_panic_costs_one_request_and_an_overrun_ends_in_time",
            "data_boundaries_hostile::nesting_without_end_costs_the_file_and_not_the_program",
        ],
    },
    Fault {
        number: 21,
        what: "settings are wrong",
        made: "unknown keys and variables, addresses that are taken or none, numbers beyond their limits, folders that are not there",
        holds: "one line says where, what and how to mend it; the code is not 0; nothing was begun, nothing listens",
        tests: &[
            "refusals::settings::a_server_with_a_setting_that_cannot_be_had_ends_before_it_answers_and_says_why_in_one_line",
            "refusals::settings::settings_that_mean_nothing_are_refused_with_their_place_and_the_nearest_name",
            "refusals::settings::a_folder_without_a_workspace_and_a_database_that_is_none_are_named",
            "choro-config::tests::what_is_wrong_is_named_with_its_place_the_value_and_what_is_expected",
        ],
    },
    Fault {
        number: 22,
        what: "nobody reads the log, or standard output",
        made: "a pipe that is never read, every request a line of it; one that is read again later",
        holds: "all is answered; SIGTERM ends the server in order, with 0; lines that are dropped are counted, and told when there is \
                room again",
        tests: &[
            "logs::a_log_that_nobody_reads_stops_neither_answers_nor_the_end",
            "logs::a_log_that_is_read_again_says_how_many_lines_are_missing",
            "logs::standard_output_that_nobody_reads_delays_a_server_and_does_not_stop_it",
        ],
    },
    Fault {
        number: 23,
        what: "hours of load",
        made: "half of the requests that it bears, of all selections; two hours (`make soak`), not in every run of the tests",
        holds: "memory and file descriptors do not grow",
        tests: &["load::soak::hours_at_half_of_what_it_bears_leave_memory_and_descriptors_as_they_were"],
    },
    Fault {
        number: 24,
        what: "a file of figures or borders is damaged, is given twice, or comes out of order",
        made: "each kind of fault in a file; the same file twice; periods in another order; the connection or the disk fails within",
        holds: "all of it is stored or nothing, the report names row and column; twice is once, and the order is not seen",
        tests: &[
            "refusals::observations::a_statistics_file_with_a_fault_is_refused_with_place_and_remedy_and_nothing_is_stored",
            "refusals::observations::a_file_imported_twice_changes_nothing_and_periods_come_in_any_order",
            "refusals::boundaries::a_boundary_file_with_a_fault_is_refused_with_place_and_remedy_and_nothing_is_stored",
            "choro-store::tests::an_import_with_one_bad_observation_leaves_nothing",
            "choro-intake::statistics::tests::files::a_workbook_cut_anywhere_is_an_error_and_never_a_panic",
            "faults::a_connection_that_is_cut_anywhere_leaves_all_or_nothing",
        ],
    },
    Fault {
        number: 25,
        what: "something gets into a release past disclosure",
        made: "small counts, withheld cells that a sum tells, on one level or by another; a bundle with a changed value",
        holds: "publishing ends with 1 and changes nothing; a bundle takes only tables that disclosure has made (the type \
                `PublishedTable`); a changed bundle is never served",
        tests: &[
            "refusals::publishing::small_counts_of_persons_are_refused_by_name_until_they_are_declared_public",
            "refusals::publishing::a_withheld_cell_that_the_total_and_the_other_parts_tell_is_refused_by_name_until_another_is_withheld_too",
            "vintages::levels::what_one_level_withholds_and_another_tells_by_one_subtraction_is_refused_and_nothing_is_published",
            "choro-figures::disclosure::tests::in_what_is_published_no_withheld_cell_is_the_only_unknown_of_a_sum",
            "operating::faults::damage_of_an_open_release_gives_right_bytes_or_500_and_nothing_else",
        ],
    },
];
