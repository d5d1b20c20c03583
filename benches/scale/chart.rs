//! A line chart as SVG, both axes logarithmic: what grows in proportion runs beside the dashed line.

use std::fmt::Write as _;

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 420.0;
/// The plot within: left, top, right, bottom.
const PLOT: [f64; 4] = [60.0, 40.0, 500.0, 370.0];
/// Told apart also by people who see fewer colours (Okabe and Ito 2008).
const COLOURS: [&str; 5] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00"];

/// One figure along the axis.
pub struct Line {
    pub name: &'static str,
    pub points: Vec<(f64, f64)>,
}

pub struct Chart {
    pub title: &'static str,
    /// Where there is a mark on the horizontal axis, and what it says.
    pub marks: Vec<(f64, String)>,
    pub lines: Vec<Line>,
}

/// Powers of ten that an axis spans, and where it lies in the drawing.
struct Scale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Scale {
    fn of(values: impl Iterator<Item = f64> + Clone, from: f64, to: f64, whole: bool) -> Self {
        let low = values.clone().fold(f64::INFINITY, f64::min).max(1e-6).log10();
        let high = values.fold(0.0, f64::max).max(1e-5).log10();
        let (low, high) = if whole { (low.floor(), high.ceil()) } else { (low, high) };
        Self { low, high: high.max(low + 0.1), from, to }
    }

    fn at(&self, value: f64) -> f64 {
        let share = (value.max(1e-6).log10() - self.low) / (self.high - self.low);
        self.from + share * (self.to - self.from)
    }
}

impl Chart {
    pub fn svg(&self) -> String {
        let [left, top, right, bottom] = PLOT;
        let x = Scale::of(self.marks.iter().map(|(at, _)| *at), left + 20.0, right - 20.0, false);
        let figures = self.lines.iter().flat_map(|line| line.points.iter().map(|(_, figure)| *figure));
        let y = Scale::of(figures, bottom, top, true);
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"12\">\n\
             <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>\n<text x=\"{left}\" y=\"24\" font-size=\"15\">{}</text>\n",
            self.title
        );
        self.grid(&mut out, &x, &y);
        proportional(&mut out, &x, &y);
        for (line, colour) in self.lines.iter().zip(COLOURS) {
            draw(&mut out, line, colour, &x, &y);
        }
        self.legend(&mut out);
        out + "</svg>\n"
    }

    fn grid(&self, out: &mut String, x: &Scale, y: &Scale) {
        let [left, top, right, bottom] = PLOT;
        for power in y.low as i32..=y.high as i32 {
            let (value, at) = (10_f64.powi(power), y.at(10_f64.powi(power)));
            push(out, format!("<line x1=\"{left}\" x2=\"{right}\" y1=\"{at:.1}\" y2=\"{at:.1}\" stroke=\"#ddd\"/>"));
            push(out, format!("<text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{value}</text>", left - 6.0, at + 4.0));
        }
        for (value, text) in &self.marks {
            let at = x.at(*value);
            push(out, format!("<line x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"{top}\" y2=\"{bottom}\" stroke=\"#ddd\"/>"));
            push(out, format!("<text x=\"{at:.1}\" y=\"{}\" text-anchor=\"middle\">{text}</text>", bottom + 18.0));
        }
    }

    fn legend(&self, out: &mut String) {
        let left = PLOT[2] + 16.0;
        let names = self.lines.iter().map(|line| line.name).zip(COLOURS);
        for ((name, colour), row) in names.zip(0_u8..) {
            let at = PLOT[1] + 20.0 * f64::from(row) + 10.0;
            push(out, format!("<circle cx=\"{left}\" cy=\"{}\" r=\"4\" fill=\"{colour}\"/>", at - 4.0));
            push(out, format!("<text x=\"{}\" y=\"{at}\">{name}</text>", left + 10.0));
        }
        let at = PLOT[1] + 20.0 * self.lines.len() as f64 + 10.0;
        push(out, format!("<text x=\"{}\" y=\"{at}\" fill=\"#777\">dashed: in proportion</text>", left + 10.0));
    }
}

/// From the lower left corner, ten times as much for ten times as much.
fn proportional(out: &mut String, x: &Scale, y: &Scale) {
    let span = (x.high - x.low).min(y.high - y.low);
    let [from, to] = [0.0, span].map(|by| [x.at(10_f64.powf(x.low + by)), y.at(10_f64.powf(y.low + by))]);
    let [[x1, y1], [x2, y2]] = [from, to];
    push(
        out,
        format!(
            "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"#777\" stroke-dasharray=\"5 4\"/>"
        ),
    );
}

fn draw(out: &mut String, line: &Line, colour: &str, x: &Scale, y: &Scale) {
    let points: Vec<String> = line.points.iter().map(|(at, to)| format!("{:.1},{:.1}", x.at(*at), y.at(*to))).collect();
    push(out, format!("<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>", points.join(" ")));
    for (at, to) in &line.points {
        push(out, format!("<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"3\" fill=\"{colour}\"/>", x.at(*at), y.at(*to)));
    }
}

fn push(out: &mut String, element: impl std::fmt::Display) {
    // A String takes all that is written to it.
    let _written = writeln!(out, "{element}");
}
