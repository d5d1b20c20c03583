# Slovenian, for tests: a language that stands in no line of code, with plural forms and numbers unlike those of English and Russian.
# What is not here is taken from English.

period = Obdobje
table = Tabela
column-area = Območje
legend-class-from-to = od { $from } do { $to }
legend-class-from-to-under = od { $from } do pod { $to }
state-missing = ni podatka
summary-with-data =
    { $count ->
        [one] { $count } območje s podatki.
        [two] { $count } območji s podatki.
        [few] { $count } območja s podatki.
       *[other] { $count } območij s podatki.
    }
sources-figures = Vir: { $source }. Licenca: { $licence }.
page-show = Pokaži
