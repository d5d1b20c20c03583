//! What the tags of a page say, as far as tables need it.

use super::super::sheet::cell_look::TextLook;
use html5gum::StartTag;

/// Elements that change how text looks.
const LOOKS: [&[u8]; 6] = [b"sup", b"s", b"strike", b"del", b"span", b"font"];
/// Elements behind and before which a line begins.
const LINES: [&[u8]; 5] = [b"br", b"p", b"div", b"li", b"ul"];
/// Elements of which a table is made.
const PARTS: [&[u8]; 8] = [b"col", b"colgroup", b"thead", b"tbody", b"tfoot", b"tr", b"td", b"th"];

/// The look of what stands in an element that may change it; `None` for other elements.
pub fn look(tag: &StartTag<()>, within: TextLook) -> Option<TextLook> {
    let name = tag.name.as_slice();
    if !LOOKS.contains(&name) {
        return None;
    }
    let TextLook { raised, struck } = style_look(tag, within);
    Some(TextLook { raised: raised || name == b"sup", struck: struck || matches!(name, b"s" | b"strike" | b"del") })
}

/// The look that the style of an element gives its text.
pub fn style_look(tag: &StartTag<()>, within: TextLook) -> TextLook {
    let style = style(tag);
    TextLook {
        raised: within.raised || style.contains("vertical-align:super"),
        struck: within.struck || style.contains("line-through"),
    }
}

/// Whether an element is of those that may change the look of text.
pub fn is_of_looks(name: &[u8]) -> bool {
    LOOKS.contains(&name)
}

/// Whether a line begins at an element.
pub fn breaks_line(name: &[u8]) -> bool {
    LINES.contains(&name)
}

/// Whether a table is made of such elements.
pub fn is_part_of_table(name: &[u8]) -> bool {
    PARTS.contains(&name)
}

/// Whether an element is not shown.
pub fn is_hidden(tag: &StartTag<()>) -> bool {
    tag.attributes.contains_key(b"hidden".as_slice()) || style(tag).contains("display:none")
}

/// How many rows or columns a cell spans, at least one.
pub fn span(tag: &StartTag<()>, attribute: &str, most: u32) -> u32 {
    let text = text(tag, attribute);
    let count = text.trim().parse::<u32>().unwrap_or(1);
    // A span of zero rows goes on to the end of the table.
    if count == 0 && attribute == "rowspan" { most } else { count.clamp(1, most) }
}

/// An attribute as text; empty where there is none.
fn text(tag: &StartTag<()>, attribute: &str) -> String {
    tag.attributes.get(attribute.as_bytes()).map(|value| String::from_utf8_lossy(value).into_owned()).unwrap_or_default()
}

fn style(tag: &StartTag<()>) -> String {
    text(tag, "style").to_lowercase().split_whitespace().collect()
}
