//! Classes -> the symbols of QGIS: rules for each class, for zero, for each state and for values not to be relied on (QML), and a layer definition (QLR) that draws a
//! layer from its address. The elements are those that QGIS 3 writes itself.

use super::{
    legend::{ClassEntry, Legend},
    look::{Look, Pattern},
};
use choro_figures::classify::Colour;
use std::fmt::Write;

/// Where a layer's data are, and what it is called.
#[derive(Debug, Clone, Copy)]
pub struct QgisLayer<'a> {
    /// An id of its own.
    pub id: &'a str,
    /// What it shows.
    pub name: &'a str,
    /// The address of its GeoJSON.
    pub source: &'a str,
    /// Sources and licences.
    pub attribution: &'a str,
    /// What must be known before reading it.
    pub notes: &'a str,
}

/// How QGIS draws one rule.
struct Rule {
    label: String,
    filter: String,
    /// `None`: what other rules draw is seen.
    fill: Option<Colour>,
    /// Style of the brush over the fill, and its colour.
    hatch: Option<(&'static str, Colour)>,
    line: Colour,
}

const LINE: Colour = Colour::hex(0x3d_46_50);

/// The style of a layer with the fields `value` and `state`.
#[must_use]
pub fn qml(legend: &Legend) -> String {
    format!(
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22.0\" styleCategories=\"Symbology\">{}</qgis>\n",
        renderer(legend)
    )
}

/// A layer definition: a layer, its address and its style in one file.
#[must_use]
pub fn qlr(layer: &QgisLayer<'_>, legend: &Legend) -> String {
    let [id, name, source, attribution, notes] =
        [layer.id, layer.name, layer.source, layer.attribution, layer.notes].map(xml);
    format!(
        "<!DOCTYPE qgis-layer-definition>\n<qlr><layer-tree-group name=\"\" checked=\"Qt::Checked\" expanded=\"1\"><layer-tree-layer \
         id=\"{id}\" name=\"{name}\" source=\"{source}\" providerKey=\"ogr\" checked=\"Qt::Checked\" expanded=\"1\"/></layer-tree-group>\
         <maplayers><maplayer type=\"vector\" geometry=\"Polygon\"><id>{id}</id><datasource>{source}</datasource><layername>{name}\
         </layername><title>{name}</title><abstract>{notes}</abstract><attribution>{attribution}</attribution><srs><spatialrefsys><authid>EPSG:4326</authid>\
         </spatialrefsys></srs><provider encoding=\"UTF-8\">ogr</provider>{}</maplayer></maplayers></qlr>\n",
        renderer(legend)
    )
}

fn renderer(legend: &Legend) -> String {
    let rules = rules(legend);
    let mut out = String::from(
        "<renderer-v2 type=\"RuleRenderer\" symbollevels=\"0\" forceraster=\"0\" enableorderby=\"0\"><rules key=\"all\">",
    );
    for (index, rule) in rules.iter().enumerate() {
        let (label, filter) = (xml(&rule.label), xml(&rule.filter));
        let _ = write!(out, "<rule key=\"rule{index}\" symbol=\"{index}\" label=\"{label}\" filter=\"{filter}\"/>");
    }
    out.push_str("</rules><symbols>");
    for (index, rule) in rules.iter().enumerate() {
        let _ = write!(out, "<symbol type=\"fill\" name=\"{index}\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">");
        if let Some(colour) = rule.fill {
            out.push_str(&fill(colour, "solid", rule.line));
        }
        if let Some((brush, colour)) = rule.hatch {
            out.push_str(&fill(colour, brush, rule.line));
        }
        out.push_str("</symbol>");
    }
    out.push_str("</symbols></renderer-v2>");
    out
}

fn fill(colour: Colour, brush: &str, line: Colour) -> String {
    let rgb = |Colour([r, g, b]): Colour| format!("{r},{g},{b},255");
    let options = [
        ("color", rgb(colour)),
        ("style", brush.to_owned()),
        ("outline_color", rgb(line)),
        ("outline_style", "solid".to_owned()),
        ("outline_width", "0.1".to_owned()),
        ("outline_width_unit", "MM".to_owned()),
    ];
    let mut out = String::from("<layer class=\"SimpleFill\" enabled=\"1\" locked=\"0\" pass=\"0\"><Option type=\"Map\">");
    for (name, value) in &options {
        let _ = write!(out, "<Option type=\"QString\" name=\"{name}\" value=\"{value}\"/>");
    }
    out.push_str("</Option>");
    // What QGIS before 3.20 reads.
    for (name, value) in &options {
        let _ = write!(out, "<prop k=\"{name}\" v=\"{value}\"/>");
    }
    out.push_str("</layer>");
    out
}

/// A class holds its lower limit; the lowest also what lies below, the highest what lies above, as everywhere.
fn rules(legend: &Legend) -> Vec<Rule> {
    let last = legend.classes.len().saturating_sub(1);
    let not_zero = if legend.zero.is_some() { " AND \"value\" <> 0" } else { "" };
    let class = |(index, class): (usize, &ClassEntry)| {
        let from = if index > 0 { format!(" AND \"value\" >= {}", class.lo) } else { String::new() };
        let to = if index < last { format!(" AND \"value\" < {}", class.hi) } else { String::new() };
        let filter = format!("\"value\" IS NOT NULL{from}{to}{not_zero}");
        Rule { label: class.label.clone(), filter, fill: Some(class.colour), hatch: None, line: LINE }
    };
    let mut rules: Vec<Rule> = legend.classes.iter().enumerate().map(class).collect();
    rules.extend(legend.zero.as_ref().map(|zero| Rule {
        label: zero.label.clone(),
        filter: "\"value\" = 0".to_owned(),
        fill: Some(zero.colour),
        hatch: None,
        line: LINE,
    }));
    rules.extend(legend.states.iter().map(|entry| {
        let Look { colour, pattern, outline } = entry.look;
        let brush = pattern.map(|pattern| match pattern {
            Pattern::Hatch => "f_diagonal",
            Pattern::Counterhatch => "b_diagonal",
            Pattern::Dots => "dense6",
        });
        Rule {
            label: entry.label.to_owned(),
            filter: format!("\"value\" IS NULL AND \"state\" = '{}'", entry.state),
            fill: Some(colour),
            hatch: brush.zip(outline),
            line: outline.unwrap_or(LINE),
        }
    }));
    let marked = legend.flags.iter().filter(|entry| entry.pattern.is_some());
    rules.extend(marked.map(|entry| Rule {
        label: entry.label.clone(),
        filter: format!("\"reliability\" = '{}'", entry.flag.as_str()),
        fill: None,
        hatch: Some(("dense6", LINE)),
        line: LINE,
    }));
    rules
}

fn xml(text: &str) -> String {
    let plain: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    plain.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
