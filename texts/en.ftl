# The texts of Choro in English. README.md beside this file says how a language is added.

# How the language calls itself.
language-name = English

## Shared: words of the page and of what the server draws

nothing-to-show = There is nothing to show: the release holds no indicator with boundaries.
period = Period
table = Table
column-code = Code
column-area = Area
# Before the unit.
column-value = Value
column-note = Note
status-break = break in the series
status-estimated = estimated
status-provisional = provisional
# Of a rate: so few inhabitants, births or the like stand behind it that it says little.
flag-small-base = small base, not reliable
# Of a rate: how many inhabitants, births or the like stand behind it is not known.
flag-unknown-base = base not known
# Of the difference of two periods, between which the way of counting has changed.
change-break = across a break in the series
# Of the difference of two periods, of which one or both are estimates.
change-estimated = from or to estimates
# Of the difference of two periods, of which one or both are not final.
change-provisional = from or to provisional figures
count-warning = Colours of whole numbers mislead: large areas look important. Circles show numbers rightly.
# Areas that the map's projection does not hold.
# $count (Number), $areas: the names of the first of them, with commas between them; here and in the message that follows.
outside-missing =
    { $count ->
        [one] One area is not on this map: { $areas }.
       *[other] { $count } areas are not on this map: { $areas }.
    }
outside-cut =
    { $count ->
        [one] One area is cut at the edge of this map: { $areas }.
       *[other] { $count } areas are cut at the edge of this map: { $areas }.
    }
# In brackets after a level or a code.
no-values = no values of this indicator
# $areas: names. $more (Number): how many areas are not named
more-areas = { $areas } and { $more } more

## Shared: periods

# $year: four digits, here and in the messages that follow.
period-year = { $year }
# $part (Number): the half
period-semester = { $part ->
        [1] first half of
       *[2] second half of
    } { $year }
# $part (Number): which four months
period-trimester = { $part ->
        [1] January to April
        [2] May to August
       *[3] September to December
    } { $year }
# $part (Number): the quarter
period-quarter = Q{ $part } { $year }
# $month (Number)
period-month = { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }
# $week (Number): of ISO 8601
period-week = week { $week } of { $year }
# $day (Number), $month (Number)
period-day = { $day } { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    } { $year }

## Page: choices

find-indicator = Find an indicator
find-place = Find a place
# Heading of all choices; on phones they fold.
choices = Choices
indicators-by-theme = All indicators by theme
# A theme: of indicators that have none.
other-theme = Other
nothing-found = Nothing found. Try another word.
# How many entries were found; for those who do not see the list.
# $count (Number)
found =
    { $count ->
        [one] 1 found
       *[other] { $count } found
    }
compare = Compare with an earlier period
no-comparison = no comparison
# In brackets after a period that cannot be compared.
other-borders = on other boundaries
# In brackets after a period that cannot be compared: a year with a quarter.
other-kind = of another length
level-and-borders = Level and boundaries
projection = Map projection
# In brackets after a projection.
not-for-these-borders = not for these boundaries
language = Language
kind-of-map = Kind of map
coloured-areas = Coloured areas
circles = Circles by size
projection-mercator = Web Mercator
# In brackets after the name of a projection.
projection-equal-area = equal areas

## Page: the map and its views

map = Map
squares = Squares
small-maps = Small maps
whole-map = Whole map
zoom-in = Zoom in
zoom-out = Zoom out
squares-note = Each area is one square, near where it lies. All are equally large.
squares-too-many = These are too many areas for squares that can be pressed. The table has them all.
small-maps-note = One map a period, all on one scale.
# Of many periods only the last ones have a map.
# $shown (Number), $of (Number)
small-maps-last = The last { $shown } of { $of } periods.
point-at-area = Point at an area, or choose one, to read its value.
# Which keys move among the areas of the map. Enter and Escape are what the keys say.
area-keys = Areas: arrow keys move from area to area, Enter selects, Escape leaves.

## Page: messages

use-circles = Show circles
# Before parts of the address, as the reader wrote them.
not-understood = Not understood in the link, and shown as usual:
no-webgl = This browser has no WebGL 2, so the map is drawn without zoom. Everything else works.
# sandbox is the word of HTML.
no-workers = The site around this frame has closed it off (sandbox), so the map is drawn without zoom. Everything else works.
# Before the reason.
failed = The map could not be loaded.
unreachable = The server cannot be reached.

## Page: legend and classes

# Before the unit.
legend = Legend
class-limits = A class holds its lower limit, not its upper one; the lowest and the highest class are open.
classes = How classes are made
method = Method
method-quantile = Equal counts
method-equal = Equal steps
method-ckmeans = Natural groups
method-manual = Own breaks
method-note-quantile = Each class holds as many values as equal values and round breaks allow.
method-note-equal = Each class is as wide as the others.
# ckmeans is the name of the algorithm.
method-note-ckmeans = Values within a class are as alike as they can be (ckmeans).
method-note-manual = Breaks as you give them.
class-count = Number of classes
breaks = Breaks, separated by semicolons
# Before the two that follow.
scope = Breaks from
scope-all = all periods
scope-period = this period
apply = Apply

## Page: the value of an area

# The place of a value among those of all areas that have one.
# $place (Number), $of (Number)
rank = rank { $place } of { $of } areas with data, the highest first
# The places that a value shares with equal ones.
# $place (Number), $last (Number), $of (Number)
rank-shared = ranks { $place } to { $last } of { $of } areas with data (equal values), the highest first

## Page: periods

first-period = First period
previous-period = Previous period
next-period = Next period
last-period = Last period
play = Play
stop = Stop
speed = Speed
speed-slow = slow
speed-usual = usual
speed-fast = fast
# After a period.
series-break = break in the series
# $periods: one period, or several with commas between them
series-breaks = Break in the series: { $periods }. Figures before and after do not compare fully.

## Page: table

filter-areas = Filter areas
# How many areas the filter leaves.
# $shown (Number), $of (Number)
areas-shown = { $shown } of { $of } areas
# Before the heading of a column.
sort-by = Sort by

## Page: profile of an area

clear-selection = Clear selection
# Before the area above.
lies-in = Lies in
# Before the number of areas below.
consists-of = Consists of
over-time = Over time
no-series = There are no values to draw.
# Of a line over time, for those who do not see it; before its first, last, lowest and highest points.
# $count (Number)
long-series = Points: { $count }.
# Before their number.
other-indicators = Other indicators
latest-value = latest value
# $areas: names of areas below the one shown
sum-lacks = There is no sum of the areas below. No data from: { $areas }.

## Page: sources and files

about = About the figures
source = Source
licence = Licence
# Before the name of the release.
release = Release
# Before the date of the borders.
borders-of = Boundaries of
download = Download
# After CSV.
this-map = this map
# After CSV.
all-periods = all periods
# After CSV: other periods refer to other boundaries.
# $borders: the date or year of the boundaries
all-periods-of-borders = all periods on the boundaries of { $borders }

## Page: sharing, embedding, pictures

share = Share
link-copied = Link copied.
copy-failed = Copy the link from the address bar.
embed = Embed
embed-static = a picture instead of a map to point at
embed-controls = readers may choose the period
embed-full = the whole viewer, with everything to choose (loads 450 kB)
embed-fit = only the selected area and its neighbours
embed-frame = Frame
embed-component = Web component (not in a frame of the page)
embed-picture = Picture
preview = Preview
copy = Copy
picture = Picture
format = Format
size = Size
size-page = page, A4 landscape
size-portrait = page, A4 portrait
size-wide = wide, 1200 × 630
size-square = square, 1080 × 1080
close = Close

## Server: legends

# The lowest class, where it is open below. All limits are numbers of the language, with a sign where that matters.
legend-class-under = under { $to }
# The highest class, where it is open above.
legend-class-and-over = { $from } and over
# The highest class, where it is open above and does not hold its lower limit.
legend-class-above = above { $from }
# Both limits are part of the class.
legend-class-from-to = { $from } to { $to }
# The upper limit is not part of the class.
legend-class-from-to-under = { $from } to under { $to }
# The lower limit is not part of the class.
legend-class-above-to = above { $from } to { $to }
# Neither limit is part of the class.
legend-class-above-to-under = above { $from } to under { $to }
legend-breaks-all-periods = breaks from all periods
legend-breaks-all-years = breaks from all years
legend-breaks-all-semesters = breaks from all half-years
legend-breaks-all-trimesters = breaks from all periods of four months
legend-breaks-all-quarters = breaks from all quarters
legend-breaks-all-months = breaks from all months
legend-breaks-all-weeks = breaks from all weeks
legend-breaks-all-days = breaks from all days
legend-breaks-this-period = breaks from this period
legend-breaks-change = breaks from the two periods compared
# $scope: one of the texts above. $counts: how many values each class holds, from the lowest class up, with commas between them.
legend-unequal-counts = { $scope }; not of equal counts: { $counts } values from the lowest class up
# An entry of a legend: what is to be known of some values, and of how many areas.
# $flag: such as `provisional`, $count (Number)
legend-flagged = { $flag }: { $count }
# What the differences of two periods are called, in legends and after the name of the indicator.
legend-change = change from { $from } to { $to }
# Why an area has no value: not collected, reported or known.
state-missing = no data
# Why an area has no value: withheld.
state-secrecy = confidential
# Why an area has no value: what is measured cannot occur there.
state-invalid = cannot occur

## Server: summaries

# The sentences of a summary follow each other. Each count is a whole number.
# $count (Number), $of (Number)
summary-with-data = Areas with data: { $count } of { $of }.
# $area: one area, or several that have the same value
summary-lowest = Lowest of them: { $value } ({ $area }).
summary-highest = Highest of them: { $value } ({ $area }).
# Each area counts as one, however large it is.
summary-median = Median of them, unweighted: { $value }.
summary-no-median = No median: fewer than half of the areas have data.
# $count (Number)
summary-missing = No data: { $count }.
# $count (Number)
summary-secrecy = Confidential: { $count }.
# $count (Number)
summary-invalid = Cannot occur: { $count }.

# How many areas have a flag, such as `provisional`.
# $flag: what is to be known of a value, $count (Number)
summary-flagged = Flagged "{ $flag }": { $count }.

## Server: origins

# The figures were published for other boundaries.
# $vintage: the date or year of the other boundaries
origin-restated = Restated from the boundaries of { $vintage }.
# $set: the name of the boundary set of the areas that were added up, $vintage: the date or year of their boundaries
origin-aggregated = Sums of: { $set }, boundaries of { $vintage }.

## Server: sources

sources-figures = Source: { $source }. Licence: { $licence }.
# $vintage: the date or year of the borders
sources-borders = Boundaries of { $vintage }: { $source } ({ $licence }).
# $release: its id, $date: the day on which it was made
sources-release = Release { $release }, { $date }.

## Server: pages

page-indicator = Indicator
page-boundaries = Boundaries
# On the button that sends the form.
page-show = Show
page-open-map = Open the full map
# Before parts of the address, as the reader wrote them.
page-not-understood = Not understood, and shown as usual:
# In place of a table.
page-table-too-long = The table would be too long for a page: the file of values has it.
