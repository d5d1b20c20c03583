//! The attacks of docs/security.md. A new test of an attack is named here.

/// A row of the page.
pub struct Attack {
    pub number: u8,
    pub what: &'static str,
    /// What stands against it; where there are no tests, why there is nothing to attack.
    pub defence: &'static str,
    /// By module and name as `cargo test` takes them, or a file. None: the attack does not apply.
    pub tests: &'static [&'static str],
}

pub const ATTACKS: [Attack; 40] = [
    Attack {
        number: 1,
        what: "tile coordinates at and beyond every edge, in every spelling of a number",
        defence: "numbers are plain digits without sign or leading zeros, and are compared with the zoom before anything is computed \
                  of them; 400 for what is no number, 404 for what is no tile",
        tests: &[
            "choro-server::public::tests::requests::tile_coordinates_of_every_wrong_kind_are_refused",
            "choro-server::public::tests::requests::a_tile_path_is_answered_where_its_numbers_are_in_range_and_never_fails",
            "refusals::requests::tile_coordinates_of_every_wrong_kind_are_refused",
        ],
    },
    Attack {
        number: 2,
        what: "parameters twice, unknown, as lists, in other letters",
        defence: "each route has its list of parameters; those that trackers and frames append are ignored and stand in no key of a \
                  cache; anything else is 400 with the name, and nothing is kept of it",
        tests: &[
            "choro-server::public::tests::foreign::what_trackers_append_changes_no_answer_and_is_kept_in_no_cache",
            "others::a_random_click_id_leads_to_the_same_page_and_stands_in_none_of_its_links",
            "choro-server::public::tests::requests::parameters_of_every_wrong_kind_are_refused_by_name",
            "choro-server::public::tests::requests::a_refused_request_puts_nothing_into_a_cache",
            "refusals::requests::parameters_of_every_wrong_kind_are_refused_by_name",
        ],
    },
    Attack {
        number: 3,
        what: "injection into filters: SQL, wildcards, endless lists, deep nesting",
        defence: "there are no filters, and no request reaches a database. A filter on values would bring it",
        tests: &[],
    },
    Attack {
        number: 4,
        what: "a filter as an oracle on what is withheld",
        defence: "there are no filters, no order and no counts by values. A filter would bring it",
        tests: &[],
    },
    Attack {
        number: 5,
        what: "paths that lead out: dots in every coding, zeros, device names, absolute paths",
        defence: "names are keys of the release's own list and never become a path; a name in a bundle is checked when it is opened",
        tests: &[
            "security::opened::whatever_is_asked_for_nothing_outside_the_release_is_opened_and_nobody_is_connected_to",
            "choro-server::public::tests::requests::no_path_leads_out_of_the_catalogue",
            "refusals::requests::no_path_leads_out_of_the_release",
            "choro-model::id::tests::ids_that_could_leave_their_folder_or_break_a_url_are_refused",
        ],
    },
    Attack {
        number: 6,
        what: "a request that makes the server ask somebody else",
        defence: "no route asks anybody; the server's own connections are the operator's storage, database and collector",
        tests: &[
            "security::opened::whatever_is_asked_for_nothing_outside_the_release_is_opened_and_nobody_is_connected_to",
            "choro-server::public::tests::pictures::only_pages_of_this_server_are_embedded",
        ],
    },
    Attack {
        number: 7,
        what: "content that grows when it is unpacked",
        defence: "a request has no body; an import counts what it unpacks and what becomes of it in memory, and ends at the limit \
                  that it names",
        tests: &[
            "data_boundaries_hostile::archives_that_lead_elsewhere_hide_or_explode_are_refused_before_anything_is_written",
            "data_boundaries_hostile::content_grows_to_a_hundred_times_its_archive_and_no_further",
            "choro-intake::statistics::file::inflated::tests::an_archive_that_inflates_beyond_the_limit_is_refused_whatever_it_says_of_itself",
            "choro-server::public::tests::policy::limits_hold_at_the_limit_and_not_one_above",
            "import_limits::a_few_bytes_that_become_much_in_memory_are_refused_while_they_are_read",
            "import_limits::tables_that_become_much_in_memory_are_refused",
        ],
    },
    Attack {
        number: 8,
        what: "archives whose members lead elsewhere; files that show other files as their own",
        defence: "members go by their name alone into a folder of the import's own; links, doubles and what hides are refused; \
                  GDAL reads within walls of the kernel (landlock, seccomp), and SQLite has no virtual table that opens files",
        tests: &[
            "choro-intake::boundary::open::archive::members::tests::names_that_lead_elsewhere_or_hide_are_refused",
            "data_boundaries_hostile::archives_that_lead_elsewhere_hide_or_explode_are_refused_before_anything_is_written",
            "data_boundaries_hostile::two_members_of_one_name_and_more_members_than_ten_thousand_are_refused",
            "data_boundaries_hostile::a_database_that_shows_another_file_as_its_table_is_refused",
            "sandbox::no_spelling_of_a_virtual_table_publishes_another_file",
            "sandbox::a_seamless_table_of_mapinfo_does_not_reach_the_tables_of_another_folder",
            "sandbox::a_part_of_a_file_that_is_a_link_is_refused_by_name",
            "sandbox::where_the_kernel_lacks_a_wall_nothing_is_read_unless_the_operator_says_so",
        ],
    },
    Attack {
        number: 9,
        what: "XML with entities, external files, endless attributes",
        defence: "the server reads no XML; an import refuses any document type before GDAL sees it; SDMX-ML is not read",
        tests: &[
            "data_boundaries_hostile::xml_with_a_document_type_never_reaches_gdal",
            "choro-intake::boundary::open::xml::tests::a_document_type_is_found_behind_whatever_stands_before_it",
            "data_tables::refused::what_does_not_reach_a_map_is_told_with_its_reason_and_remedy",
        ],
    },
    Attack {
        number: 10,
        what: "geometry without end, nested without end, that is no geometry",
        defence: "coordinates, areas, depth and texts are counted while they are read; every number must be finite; searches \
                  through geometry have a budget of steps; an import is a process with limits of memory and processor time, GDAL \
                  another one",
        tests: &[
            "data_boundaries_hostile::nesting_without_end_costs_the_file_and_not_the_program",
            "data_boundaries_hostile::the_numbers_of_coordinates_and_areas_are_bounded_to_the_last",
            "choro-intake::boundary::tests::bad_input::what_is_over_a_limit_names_the_limit",
            "choro-intake::boundary::open::gdal::wkb::tests::not_a_number_in_wkb_is_kept_to_be_rejected_with_its_place",
            "fuzz::boundaries_survive_made_up_input",
            "import_limits::areas_that_cross_without_end_are_refused_with_the_limit_and_the_area",
            "import_limits::an_import_that_meets_the_limit_of_its_process_is_ended_and_the_setting_named",
            "import_limits::an_import_that_takes_too_long_is_ended_wherever_it_is_and_nothing_is_stored",
            "sandbox::a_view_without_end_is_cut_below_500_mb_with_its_limit_named",
        ],
    },
    Attack {
        number: 11,
        what: "regular expressions that never end",
        defence: "the server has none, and the page makes none of what comes in",
        tests: &["security::code::no_regular_expression_is_made_of_what_comes_in"],
    },
    Attack {
        number: 12,
        what: "headers that poison caches: hosts, forwarded hosts, rewritten paths",
        defence: "no header of a request gets into an answer; absolute addresses come from `server.public_url` alone, and where it \
                  is set a foreign host is 421; a forwarded address is believed of configured proxies only",
        tests: &[
            "choro-server::public::tests::policy::no_header_of_a_request_reaches_an_answer",
            "refusals::requests::no_header_of_a_request_gets_into_an_answer",
            "choro-server::public::tests::sockets::a_request_says_once_whom_it_asks_and_asks_a_name_that_is_ours",
            "load::fairness::behind_a_proxy_that_is_trusted_each_forwarded_address_is_a_client",
        ],
    },
    Attack {
        number: 13,
        what: "addresses that a cache takes for others: endings, dots, slashes, letters",
        defence: "one resource has one address; all else is 404 and not to be kept; nothing that is served is private",
        tests: &[
            "security::surface::a_variant_of_an_address_is_the_same_resource_or_none_and_nobody_is_sent_elsewhere",
            "choro-server::public::tests::requests::one_resource_has_one_url",
        ],
    },
    Attack {
        number: 14,
        what: "addresses without end, so that caches fill",
        defence: "only what a release holds is kept, in caches bounded by bytes; what is refused or not understood is not kept",
        tests: &[
            "load::distinct::distinct_urls_without_end_leave_memory_flat_and_the_hot_ones_kept",
            "choro-server::public::tests::requests::a_refused_request_puts_nothing_into_a_cache",
            "choro-server::serving::tests::a_thousand_made_up_parameters_are_told_and_have_one_page_drawn",
        ],
    },
    Attack {
        number: 15,
        what: "little that asks for much: lists, sizes, breaks of one's own",
        defence: "lists and sizes are bounded, one thing asked for by many is made once, and work ends when nobody waits for it; \
                  each client has a budget, beyond which it gets 429; more at once than the server bears is 503",
        tests: &[
            "load::herd::a_herd_that_asks_for_one_cold_answer_has_it_made_once",
            "load::overload::three_times_the_bearable_load_is_shed_and_the_rest_is_served",
            "choro-server::public::tests::requests::parameters_of_every_wrong_kind_are_refused_by_name",
            "load::fairness::what_is_over_a_clients_budget_is_429_with_retry_after_and_what_costs_nothing_goes_on",
            "load::fairness::an_office_of_200_browsers_behind_one_address_is_refused_nothing",
            "load::hangups::clients_that_hang_up_leave_no_work_and_no_memory_behind",
            "choro-server::serving::tests::breaks_of_ones_own_read_and_sort_nothing_again",
        ],
    },
    Attack {
        number: 16,
        what: "input that kills a worker",
        defence: "a panic costs its request; nothing that handlers share can be left half-changed; shipped code has no unwrap",
        tests: &[
            "load::panics::a_thousand_panics_cost_their_own_requests_and_nothing_else",
            "choro-http::gate::tests::a_panic_costs_one_request_and_an_overrun_ends_in_time",
            "fuzz::the_server_survives_made_up_requests",
            "choro-server::serving::cache::jobs::tests::a_job_that_panics_is_an_error_of_ours",
        ],
    },
    Attack {
        number: 17,
        what: "heads, bodies and reading without end",
        defence: "a head, an idle connection and an answer that is not taken have their time; connections are counted, for each \
                  client too, and idle ones give way",
        tests: &[
            "load::slow::a_thousand_slow_readers_cost_little_and_are_sent_away",
            "choro-server::public::tests::sockets::a_head_that_never_ends_is_cut_off",
            "choro-server::public::tests::sockets::a_client_that_takes_nothing_of_its_answers_is_cut_off_and_others_are_served",
            "load::fairness::idle_connections_give_way_to_whoever_comes_and_the_client_with_most_gives_first",
            "load::fairness::a_client_with_as_many_connections_as_it_may_is_refused_and_others_come_in",
        ],
    },
    Attack {
        number: 18,
        what: "floods by the means of HTTP/2",
        defence: "the server speaks HTTP/1.1 alone; a proxy in front has its own limits. HTTP/2 would bring it",
        tests: &[],
    },
    Attack {
        number: 19,
        what: "requests with two ends, which bring a second one in",
        defence: "a body is refused and its connection ends; what is ambiguous, two hosts or none too, is 400",
        tests: &[
            "security::wire::no_request_with_two_ends_brings_a_second_one_in",
            "security::wire::what_is_no_request_is_refused_and_the_connection_ends",
            "choro-server::public::tests::sockets::ambiguous_and_oversized_heads_are_refused_and_the_connection_ends",
            "choro-server::public::tests::sockets::a_request_says_once_whom_it_asks_and_asks_a_name_that_is_ours",
        ],
    },
    Attack {
        number: 20,
        what: "other sites read with the visitor's credentials",
        defence: "everything is public to every site, and nothing takes credentials: no cookie, no `Access-Control-Allow-Credentials`",
        tests: &[
            "security::surface::an_answer_is_the_same_whatever_site_asks_and_no_credentials_are_taken",
            "choro-server::public::tests::policy::the_common_headers_stand_on_every_status",
        ],
    },
    Attack {
        number: 21,
        what: "a page in a frame that deceives",
        defence: "only `/embed` and pictures may be framed, where `server.frame_ancestors` says; it has nothing to click that changes anything",
        tests: &[
            "security::surface::only_maps_for_frames_and_pictures_may_be_framed_and_only_where_the_operator_says",
            "snapshots::headers_look_as_they_did",
        ],
    },
    Attack {
        number: 22,
        what: "scripts in the page, from it or from elsewhere",
        defence: "the policy allows the page's own files and nothing else, no inline script and no other host; a browser's tour breaks \
                  nothing of it",
        tests: &[
            "demo::the_map_of_the_demo_is_right_in_a_browser",
            "security::evil::in_a_browser_texts_of_a_provider_do_nothing",
            "security::surface::only_maps_for_frames_and_pictures_may_be_framed_and_only_where_the_operator_says",
        ],
    },
    Attack {
        number: 23,
        what: "markup in names, notes, sources and licences",
        defence: "texts are texts: escaped where the server writes markup, set as text where the page does; an attribution has no markup; \
                  characters that hide or turn a text are refused on import",
        tests: &[
            "security::evil::texts_of_a_provider_are_text_in_every_answer",
            "security::evil::in_a_browser_texts_of_a_provider_do_nothing",
            "security::code::the_page_never_makes_markup_of_a_text",
            "choro-bundle::encode::tilejson::tests::an_attribution_is_text_and_never_markup",
            "choro-carto::style::tests::a_source_cannot_bring_markup_into_a_style",
            "choro-server::public::tests::pictures::a_picture_says_what_it_shows_in_its_language_and_names_are_only_text",
            "data_boundaries_hostile::texts_that_are_no_utf8_or_hide_what_they_say_are_refused",
        ],
    },
    Attack {
        number: 24,
        what: "texts that a spreadsheet computes",
        defence: "cells of texts that a spreadsheet would compute begin with an apostrophe; numbers stay numbers",
        tests: &[
            "choro-model::formula::tests::no_cell_of_a_guarded_text_begins_with_a_sign_and_nothing_is_lost",
            "choro-model::formula::tests::texts_that_a_spreadsheet_would_compute_get_an_apostrophe_before_their_sign",
            "choro-server::serving::tests::a_table_has_a_row_for_every_area_and_a_formula_is_only_text",
        ],
    },
    Attack {
        number: 25,
        what: "what was asked comes back as markup; errors tell the inside",
        defence: "errors are JSON documents that are not to be sniffed; a cause goes to the log, its number to the client",
        tests: &[
            "security::surface::a_mark_in_any_place_of_a_request_never_comes_back_in_html",
            "choro-server::public::tests::requests::what_a_client_sends_never_comes_back_as_html",
            "choro-http::gate::tests::a_panic_costs_one_request_and_an_overrun_ends_in_time",
        ],
    },
    Attack {
        number: 26,
        what: "guessing keys by time, finding them in logs and addresses",
        defence: "there are no keys. Access for some alone would bring it",
        tests: &[],
    },
    Attack {
        number: 27,
        what: "tags and lengths that tell of what is withheld",
        defence: "a tag is SHA-256 of what is served, a withheld cell has no number in a release, and all states have one length",
        tests: &[
            "choro-server::public::tests::policy::each_coding_has_its_own_strong_tag_and_the_same_content",
            "choro-server::serving::tests::a_tile_that_the_client_has_is_not_encoded_and_other_values_have_other_tags",
            "load::codings::the_tag_of_another_coding_is_another_tag",
            "choro-tiles::skeleton::mlt::streams::tests::what_follows_has_the_same_length_however_many_areas_have_a_value",
            "viewer::zero_and_the_three_absences_differ_in_picture_legend_and_table_and_the_withheld_number_is_nowhere",
            "tags::a_corrected_figure_never_answers_304_to_the_tag_of_the_wrong_one",
            "tags::two_workspaces_that_differ_in_a_withheld_number_publish_the_same_hashes_and_tags",
        ],
    },
    Attack {
        number: 28,
        what: "403 or 404 tells whether something hidden is there",
        defence: "nothing is there for some alone. Access for some alone would bring it",
        tests: &[],
    },
    Attack {
        number: 29,
        what: "being sent elsewhere",
        defence: "there are no redirects",
        tests: &["security::surface::a_variant_of_an_address_is_the_same_resource_or_none_and_nobody_is_sent_elsewhere"],
    },
    Attack {
        number: 30,
        what: "ranges: overlapping, endless, negative",
        defence: "ranges are neither offered nor honoured: the whole is answered",
        tests: &["load::codings::ranges_are_neither_offered_nor_honoured"],
    },
    Attack {
        number: 31,
        what: "secrets found by the lengths of compressed answers",
        defence: "no answer holds a secret beside what a client sends. Keys or sessions in answers would bring it",
        tests: &[],
    },
    Attack {
        number: 32,
        what: "sessions and forms of administrators",
        defence: "there are none: who publishes has a shell. Administration over HTTP would bring it",
        tests: &[],
    },
    Attack {
        number: 33,
        what: "figures, settings and debugging at the public address",
        defence: "metrics have a listener of their own, off unless asked for; nothing else is there",
        tests: &[
            "security::surface::the_public_address_tells_no_figures_and_no_settings",
            "operating::metrics::metrics_are_on_their_own_listener_alone_and_off_unless_asked_for",
            "operating::metrics::no_request_adds_a_line",
        ],
    },
    Attack {
        number: 34,
        what: "lines of a log that a client writes; addresses of people in it",
        defence: "one event is one line, whatever is asked; queries are not logged, paths are cut, and of an address the log keeps \
                  the network",
        tests: &[
            "logs::every_line_of_a_json_log_is_one_event_and_no_url_forges_another",
            "logs::every_line_of_a_text_log_begins_with_its_time_and_no_url_forges_another",
            "logs::a_refusal_is_logged_with_a_part_of_the_clients_address_and_all_else_without",
        ],
    },
    Attack {
        number: 35,
        what: "a release that was changed or goes back",
        defence: "every chunk is compared with the manifest, whose hash is in the release's id, when it is opened and when it is \
                  read; manifests are signed and numbered, `serve --trust` pins whose they are, and going back takes a signed line",
        tests: &[
            "releases::a_broken_next_release_is_refused_and_the_old_one_goes_on",
            "operating::faults::damage_of_an_open_release_gives_right_bytes_or_500_and_nothing_else",
            "choro-bundle::encode::tests::a_flipped_bit_in_any_file_is_found_and_never_served",
            "object_storage::storage_that_lies_is_never_believed",
            "fuzz::releases_survive_made_up_input_under_right_hashes",
            "signing::offers::another_workspaces_release_is_not_served_and_the_next_own_one_is",
            "signing::offers::a_manifest_or_signature_that_was_changed_is_refused",
            "signing::offers::a_signature_of_another_key_or_another_release_counts_for_nothing",
            "signing::offers::an_older_release_comes_back_only_by_a_signed_line_and_no_line_counts_twice",
            "signing::offers::an_unsigned_line_of_history_lowers_nothing",
            "signing::rotation::a_key_that_nobody_trusted_has_named_is_not_trusted",
            "object_storage::trust::what_storage_offers_is_served_only_if_the_pinned_key_signed_it_and_nothing_older_without_a_line",
        ],
    },
    Attack {
        number: 36,
        what: "packages that are not what they were",
        defence: "lock files with hashes for all, one registry each, licences and least versions by `make lint`; what is shipped is listed \
                  by `make deb`",
        tests: &[
            "security::packages::a_package_that_cannot_be_vouched_for_is_refused_by_name",
            "security::packages::the_list_of_what_a_program_is_made_of_has_what_is_shipped_with_hashes_and_nothing_else",
            "layers::files_name_no_registry_host_and_no_place_of_one_machine",
            "scripts/licences.mjs",
        ],
    },
    Attack {
        number: 37,
        what: "times that are none, numbers of other scripts",
        defence: "a period is one of five forms of the calendar, in ASCII digits; all else is 400",
        tests: &[
            "security::surface::a_period_is_one_of_a_calendar_or_refused",
            "choro-server::public::tests::requests::parameters_of_every_wrong_kind_are_refused_by_name",
        ],
    },
    Attack {
        number: 38,
        what: "searches without end, texts that grow when they are normalised",
        defence: "the server searches nothing: the page looks through the list that it has. A search on the server would bring it",
        tests: &[],
    },
    Attack {
        number: 39,
        what: "other methods, sockets",
        defence: "GET, HEAD and OPTIONS; anything else is 405 and says so; nothing is upgraded",
        tests: &[
            "security::surface::every_address_allows_reading_alone_and_becomes_no_socket",
            "choro-server::public::tests::requests::only_reading_is_allowed",
        ],
    },
    Attack {
        number: 40,
        what: "collecting figures until their noise is gone",
        defence: "figures have no noise: what may not be shown is withheld. Noise would bring it",
        tests: &[],
    },
];
