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
change-break = через разрыв ряда
change-estimated = по оценочным данным
change-provisional = по предварительным данным
count-warning = Раскраска по числу людей вводит в заблуждение: большие территории кажутся важнее. Величину верно передают круги.

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
level-and-borders = Уровень и границы
no-values = нет значений показателя
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
failed = Не удалось загрузить карту.
unreachable = Сервер недоступен.

## Page: legend and classes

legend = Легенда
class-limits = Нижняя граница входит в класс, верхняя нет.
classes = Как построены классы
method = Способ
method-quantile = Равное число значений
method-equal = Равные интервалы
method-ckmeans = Естественные группы
method-manual = Свои границы
method-note-quantile = В каждом классе примерно одинаковое число значений.
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

rank = { $place }-е место из { $of } по убыванию

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
series-breaks = Разрыв ряда: { $periods }. Значения до и после сопоставимы не полностью.

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
over-time = По годам
no-series = Нет значений для графика.
long-series = Точек: { $count }.
other-indicators = Другие показатели
latest-value = последнее значение

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
legend-breaks-this-period = границы классов по этому периоду
legend-breaks-change = границы классов по двум сравниваемым периодам
legend-flagged = { $flag }: { $count }
legend-change = изменение с { $from } по { $to }
state-missing = нет данных
state-secrecy = конфиденциально
state-invalid = явление невозможно

## Server: summaries

summary-with-data = Территорий с данными: { $count }.
summary-lowest = Наименьшее: { $value } ({ $area }).
summary-highest = Наибольшее: { $value } ({ $area }).
summary-median = Медиана: { $value }.
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
