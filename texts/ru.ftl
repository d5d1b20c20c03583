# The texts of Choro in Russian. README.md beside this file says how a language is added.

# How the language calls itself.
language-name = Русский

## Shared: words of the page and of what the server draws

nothing-to-show = Показать нечего: в выпуске нет показателей с границами.
period = Период
table = Таблица
column-code = Код
column-area = Территория
column-value = Значение
column-note = Примечание
status-break = разрыв ряда
status-estimated = оценка
status-provisional = предварительно
flag-small-base = малая база, ненадёжно
flag-unknown-base = база неизвестна
change-break = между периодами разрыв ряда
change-estimated = по оценочным данным
change-provisional = по предварительным данным
count-warning = Раскраска по абсолютным числам вводит в заблуждение: большие территории кажутся важнее. Величину верно передают круги.
outside-missing =
    { $count ->
        [one] На этой карте нет { $count } территории: { $areas }.
        [few] На этой карте нет { $count } территорий: { $areas }.
       *[many] На этой карте нет { $count } территорий: { $areas }.
    }
outside-cut =
    { $count ->
        [one] Край карты обрезает { $count } территорию: { $areas }.
        [few] Край карты обрезает { $count } территории: { $areas }.
       *[many] Край карты обрезает { $count } территорий: { $areas }.
    }
no-values = нет значений показателя
more-areas = { $areas } и ещё { $more }

## Shared: periods

period-year = { $year } г.
period-semester = { $part ->
        [1] I полугодие
       *[2] II полугодие
    } { $year } г.
period-trimester = { $part ->
        [1] январь – апрель
        [2] май – август
       *[3] сентябрь – декабрь
    } { $year } г.
period-quarter = { $part ->
        [1] I квартал
        [2] II квартал
        [3] III квартал
       *[4] IV квартал
    } { $year } г.
period-month = { $month ->
        [1] январь
        [2] февраль
        [3] март
        [4] апрель
        [5] май
        [6] июнь
        [7] июль
        [8] август
        [9] сентябрь
        [10] октябрь
        [11] ноябрь
       *[12] декабрь
    } { $year } г.
period-week = { $week }-я неделя { $year } г.
period-day = { $day } { $month ->
        [1] января
        [2] февраля
        [3] марта
        [4] апреля
        [5] мая
        [6] июня
        [7] июля
        [8] августа
        [9] сентября
        [10] октября
        [11] ноября
       *[12] декабря
    } { $year } г.

## Page: choices

find-indicator = Найти показатель
find-place = Найти территорию
choices = Настройки
indicators-by-theme = Все показатели по темам
other-theme = Прочее
nothing-found = Ничего не найдено. Попробуйте другое слово.
found = Найдено: { $count }
compare = Сравнить с более ранним периодом
no-comparison = без сравнения
other-borders = в других границах
other-kind = другой длительности
level-and-borders = Уровень и границы
projection = Проекция карты
not-for-these-borders = не для этих границ
language = Язык
kind-of-map = Вид карты
coloured-areas = Раскраска территорий
circles = Круги по величине
projection-mercator = Web Mercator
projection-equal-area = равновеликая

## Page: the map and its views

map = Карта
squares = Квадраты
small-maps = Малые карты
whole-map = Вся карта
zoom-in = Приблизить
zoom-out = Отдалить
squares-note = Каждая территория показана квадратом вблизи своего места. Все квадраты одинаковы.
squares-too-many = Территорий слишком много для квадратов, на которые можно нажать. В таблице есть все.
small-maps-note = По карте на каждый период, шкала общая.
small-maps-last = Последние периоды: { $shown } из { $of }.
point-at-area = Наведите указатель на территорию или выберите её, чтобы узнать значение.
area-keys = Территории: стрелки переводят к соседней в списке, Enter выбирает, Escape выходит.

## Page: messages

use-circles = Показать круги
not-understood = Не распознано в ссылке и показано как обычно:
no-webgl = В этом браузере нет WebGL 2, поэтому карта показана без масштабирования. Всё остальное работает.
no-workers = Сайт, в который встроена эта карта, изолировал её (sandbox), поэтому она показана без масштабирования. Всё остальное работает.
failed = Не удалось загрузить карту.
unreachable = Сервер недоступен.

## Page: legend and classes

legend = Легенда
class-limits = Нижняя граница входит в класс, верхняя нет; крайние классы открыты.
classes = Как построены классы
method = Способ
method-quantile = Равное число значений
method-equal = Равные интервалы
method-ckmeans = Естественные группы
method-manual = Свои границы
method-note-quantile = В классах поровну значений, насколько позволяют равные значения и круглые границы.
method-note-equal = Все классы одинаковой ширины.
method-note-ckmeans = Значения внутри класса как можно ближе друг к другу (ckmeans).
method-note-manual = Границы заданы вами.
class-count = Число классов
breaks = Границы через точку с запятой
scope = Границы классов
scope-all = по всем периодам
scope-period = по этому периоду
apply = Применить

## Page: the value of an area

rank = { $place }-е место из { $of } среди территорий с данными, по убыванию
rank-shared = места { $place }–{ $last } из { $of } среди территорий с данными (равные значения), по убыванию

## Page: periods

first-period = Первый период
previous-period = Предыдущий период
next-period = Следующий период
last-period = Последний период
play = Показ по периодам
stop = Остановить
speed = Скорость
speed-slow = медленно
speed-usual = обычно
speed-fast = быстро
series-break = разрыв ряда
series-breaks = Разрыв ряда ({ $periods }): значения до и после сопоставимы не полностью.

## Page: table

filter-areas = Отобрать территории
areas-shown =
    { $shown ->
        [one] { $shown } территория
        [few] { $shown } территории
       *[many] { $shown } территорий
    } из { $of }
sort-by = Упорядочить:

## Page: profile of an area

clear-selection = Снять выбор
lies-in = Входит в
consists-of = Состоит из
over-time = По периодам
no-series = Нет значений для графика.
long-series = Точек: { $count }.
other-indicators = Другие показатели
latest-value = последнее значение
sum-lacks = Сумма по входящим в состав территориям не вычислена. Нет данных: { $areas }.

## Page: sources and files

about = О данных
source = Источник
licence = Лицензия
release = Выпуск
borders-of = Границы на
download = Скачать
this-map = эта карта
all-periods = все периоды
all-periods-of-borders = все периоды в границах на { $borders }

## Page: sharing, embedding, pictures

share = Поделиться
link-copied = Ссылка скопирована.
copy-failed = Скопируйте ссылку из адресной строки.
embed = Встроить
embed-static = картинка вместо карты с подсказками
embed-controls = читатель может выбрать период
embed-full = весь просмотрщик с выбором показателей (загружает 450 кБ)
embed-fit = только выбранная территория и соседние
embed-frame = Фрейм
embed-component = Веб-компонент (без фрейма в разметке)
embed-picture = Картинка
preview = Предпросмотр
copy = Скопировать
picture = Картинка
format = Формат
size = Размер
size-page = страница, A4 альбомная
size-portrait = страница, A4 книжная
size-wide = широкая, 1200 × 630
size-square = квадрат, 1080 × 1080
close = Закрыть

## Server: legends

legend-class-under = менее { $to }
legend-class-and-over = { $from } и более
legend-class-above = более { $from }
legend-class-from-to = от { $from } до { $to }
legend-class-from-to-under = от { $from } до менее { $to }
legend-class-above-to = более { $from } до { $to }
legend-class-above-to-under = более { $from } до менее { $to }
legend-breaks-all-periods = границы классов по всем периодам
legend-breaks-all-years = границы классов по всем годам
legend-breaks-all-semesters = границы классов по всем полугодиям
legend-breaks-all-trimesters = границы классов по всем четырёхмесячным периодам
legend-breaks-all-quarters = границы классов по всем кварталам
legend-breaks-all-months = границы классов по всем месяцам
legend-breaks-all-weeks = границы классов по всем неделям
legend-breaks-all-days = границы классов по всем дням
legend-breaks-this-period = границы классов по этому периоду
legend-breaks-change = границы классов по двум сравниваемым периодам
legend-unequal-counts = { $scope }; число значений в классах различно, от нижнего к верхнему: { $counts }
legend-flagged = { $flag }: { $count }
legend-change = изменение: { $from } → { $to }
state-missing = нет данных
state-secrecy = конфиденциально
state-invalid = явление невозможно

## Server: summaries

summary-with-data = Территорий с данными: { $count } из { $of }.
summary-lowest = Наименьшее среди них: { $value } ({ $area }).
summary-highest = Наибольшее среди них: { $value } ({ $area }).
summary-median = Медиана по ним (без взвешивания): { $value }.
summary-no-median = Медианы нет: данные есть менее чем у половины территорий.
summary-missing = Нет данных: { $count }.
summary-secrecy = Конфиденциально: { $count }.
summary-invalid = Явление невозможно: { $count }.

summary-flagged = С пометкой «{ $flag }»: { $count }.

## Server: origins

origin-restated = Пересчитано с границ на { $vintage }.
origin-aggregated = Суммы по территориям: { $set }, границы на { $vintage }.

## Server: sources

sources-figures = Источник: { $source }. Лицензия: { $licence }.
sources-borders = Границы на { $vintage }: { $source } ({ $licence }).
sources-release = Выпуск { $release }, { $date }.

## Server: pages

page-indicator = Показатель
page-boundaries = Границы
page-show = Показать
page-open-map = Открыть карту целиком
page-not-understood = Не распознано и показано как обычно:
page-table-too-long = Таблица слишком длинна для страницы: она есть в файле значений.
