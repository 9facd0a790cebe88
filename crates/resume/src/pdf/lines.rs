//! Pieces of text to lines: what stands on one base line, in cells.

use super::span::Span;
use crate::understand::{Cell, Line, is_bullet};

/// What stands on one base line, from left to right.
pub type Row = Vec<Span>;

/// The rows of a page or a column, from top to bottom.
pub fn rows(mut spans: Vec<Span>) -> Vec<Row> {
    spans.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.left.total_cmp(&b.left)));
    let mut rows: Vec<(f32, f32, Row)> = Vec::new();
    for span in spans {
        match rows.last_mut() {
            Some((y, size, row)) if *y - span.y < 0.45 * size.min(span.size) => {
                // A big letter and small ones on one line: the big one tells the size.
                *size = size.max(span.size);
                row.push(span);
            }
            _ => rows.push((span.y, span.size, vec![span])),
        }
    }
    let each = rows.into_iter().map(|(_, _, mut row)| {
        row.sort_by(|a, b| a.left.total_cmp(&b.left));
        row
    });
    each.collect()
}

/// The lines of rows that are in one column.
///
/// `edge` is where text may end at the right; nearer to the left when several lines end at one place, as text that was broken does.
pub fn lines(rows: &[Row], page: usize, first: usize, edge: f32) -> Vec<Line> {
    let end = |row: &Row| row.iter().map(|span| span.right).fold(0.0, f32::max);
    let far = rows.iter().map(end).fold(0.0, f32::max);
    let near = rows.iter().filter(|row| end(row) > far * 0.94).count();
    let right = if near >= 3 { far } else { far.max(edge) };
    let mut before: Option<f32> = None;
    let mut out: Vec<Line> = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        let Some(y) = row.first().map(|span| span.y) else {
            continue;
        };
        let size = common_size(row);
        let above = before.map_or(0.0, |before| (before - y) / size);
        before = Some(y);
        if let Some(line) = line(
            row,
            right,
            above,
            size,
            format!("page {page}, line {}", first + index),
        ) {
            out.push(line);
        }
    }
    out
}

/// The size of most of the letters of a row.
fn common_size(row: &Row) -> f32 {
    let longest = row.iter().max_by_key(|span| span.text.chars().count());
    longest.map_or(1.0, |span| span.size)
}

fn line(row: &Row, column_right: f32, above: f32, size: f32, at: String) -> Option<Line> {
    let mut cells: Vec<Cell> = Vec::new();
    let mut edge = f32::NEG_INFINITY;
    for span in row {
        let gap = span.left - edge;
        let wide = gap > 1.25 * span.size.min(size);
        match cells.last_mut() {
            // A bullet's sign and its text are one, however far apart.
            Some(cell) if !wide || (is_sign(&cell.text) && gap < 4.0 * size) => {
                let space = gap > 0.16 * span.size
                    && !cell.text.ends_with(' ')
                    && !span.text.starts_with(' ');
                if is_sign(&cell.text) {
                    cell.text.push(' ');
                    cell.bold = span.bold;
                    cell.italic = span.italic;
                } else if space {
                    cell.text.push(' ');
                }
                cell.text.push_str(&span.text);
                if !span.text.trim().is_empty() {
                    cell.bold &= span.bold;
                    cell.italic &= span.italic;
                }
            }
            _ => cells.push(Cell {
                text: span.text.clone(),
                x: span.left,
                bold: span.bold,
                italic: span.italic,
            }),
        }
        edge = edge.max(span.right);
    }
    let count = cells.len();
    for (index, cell) in cells.iter_mut().enumerate() {
        // Only at the end of a line may a hidden hyphen be a broken word.
        let inner = index + 1 < count || !cell.text.trim_end().ends_with('\u{ad}');
        let end = if inner {
            cell.text.len()
        } else {
            cell.text.trim_end().len() - '\u{ad}'.len_utf8()
        };
        let (head, tail) = cell.text.split_at(end);
        cell.text = format!("{}{tail}", head.replace('\u{ad}', "-"));
        let trimmed = cell.text.split_whitespace().collect::<Vec<_>>().join(" ");
        cell.text = trimmed;
    }
    cells.retain(|cell| !cell.text.is_empty());
    let left = cells.first()?.x;
    let mut line = Line {
        cells,
        left,
        right: edge,
        room: column_right - edge,
        size,
        above,
        at,
        ..Line::default()
    };
    take_sign(&mut line, row);
    (!line.cells.is_empty()).then_some(line)
}

/// Whether a text is only the sign of a bullet.
fn is_sign(text: &str) -> bool {
    let mut chars = text.trim().chars();
    let first = chars.next();
    chars.next().is_none()
        && first.is_some_and(|c| is_bullet(c) || matches!(c, '-' | '*' | '–' | 'o'))
}

/// Takes the sign of a bullet from the beginning of a line.
fn take_sign(line: &mut Line, row: &Row) {
    let Some(cell) = line.cells.first_mut() else {
        return;
    };
    let mut chars = cell.text.chars();
    let first = chars.next().unwrap_or(' ');
    let rest = chars.as_str();
    let spaced = rest.starts_with(' ');
    let sign = (is_bullet(first) && (spaced || first != '·'))
        || (spaced && matches!(first, '-' | '*' | '–' | '—'));
    if !sign || rest.trim().is_empty() {
        if is_bullet(first) && rest.trim().is_empty() && line.cells.len() > 1 {
            line.cells.remove(0);
            line.bullet = true;
        }
        return;
    }
    cell.text = rest.trim().to_owned();
    // The text begins at the next piece, or after the sign and a space.
    let next = row.iter().find(|span| {
        span.left > line.left + 0.5 && !is_sign(&span.text) && !span.text.trim().is_empty()
    });
    let alone = row.first().is_some_and(|span| is_sign(&span.text));
    cell.x = match next {
        Some(next) if alone => next.left,
        _ => line.left + 0.8 * line.size,
    };
    line.bullet = true;
}
