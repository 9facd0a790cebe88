//! Charts as files that stand alone: SVG with its colours in it, and PNG drawn with fonts that the program brings along.

use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use super::charts::Named;
use crate::error::{Error, Result};

/// Pixels for each unit of a chart.
const SCALE: f32 = 2.0;
/// The font of pictures, which the program has in it.
const FONT: &str = "Libertinus Serif";

/// The light colours of `ui/css/tokens.css` and the rules of the charts there, for pictures that have no style sheet beside them.
const STYLE: &str = "text{font-family:'Libertinus Serif',system-ui,sans-serif;font-size:13px;fill:#15212a}\
.chart-figure{fill:#51616b}.chart-rule{stroke:#dce2e5;stroke-width:1}.chart-grid{fill:#dce2e5}.chart-mark{fill:#15212a}\
.series-0{fill:#0b5f73}.series-1{fill:#7d4c00}.line{fill:none;stroke:#0b5f73;stroke-width:2}.chart-band{fill:#0b5f73;fill-opacity:0.15}\
.node{fill:#0b5f73}.node-rejected,.node-ghosted,.node-withdrawn{fill:#51616b}.node-accepted,.node-offer{fill:#17663a}\
.flow{fill:#0b5f73;fill-opacity:0.3}.flow-rejected,.flow-ghosted,.flow-withdrawn{fill:#51616b;fill-opacity:0.25}.flow-accepted,.flow-offer{fill:#17663a;fill-opacity:0.35}";

/// A chart as an SVG that stands alone.
#[must_use]
pub fn svg(chart: &Named) -> String {
    let text = chart.chart.to_string();
    let style = format!("<style>{STYLE}</style>");
    match text.split_once("</desc>") {
        Some((head, rest)) => format!("{head}</desc>{style}{rest}"),
        None => text,
    }
}

fn fonts() -> Arc<fontdb::Database> {
    static FONTS: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| {
        let mut fonts = fontdb::Database::new();
        for font in typst_assets::fonts() {
            fonts.load_font_data(font.to_vec());
        }
        fonts.set_sans_serif_family(FONT);
        fonts.set_serif_family(FONT);
        Arc::new(fonts)
    });
    Arc::clone(fonts)
}

/// A chart as a PNG on white. It takes a while: run it where it blocks nobody.
///
/// # Errors
/// [`Error::Internal`] when it cannot be drawn.
pub fn png(chart: &Named) -> Result<Vec<u8>> {
    let options = Options {
        fontdb: fonts(),
        font_family: FONT.into(),
        ..Options::default()
    };
    let tree = Tree::from_str(&svg(chart), &options).map_err(Error::internal)?;
    let size = tree.size();
    let pixels = |units: f32| (units * SCALE).ceil().max(1.0) as u32;
    let pixmap = Pixmap::new(pixels(size.width()), pixels(size.height()));
    let mut pixmap = pixmap.ok_or_else(|| Error::internal("the picture has no size"))?;
    pixmap.fill(Color::WHITE);
    resvg::render(
        &tree,
        Transform::from_scale(SCALE, SCALE),
        &mut pixmap.as_mut(),
    );
    pixmap.encode_png().map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::super::super::choices::Choices;
    use super::super::super::model::Stage;
    use super::super::charts::charts;
    use super::super::model::statistics;
    use super::super::model::testing::case;
    use super::*;
    use crate::clock::Timestamp;

    #[test]
    fn a_picture_has_words_and_colours_in_it() {
        let cases = [case(&[
            (Stage::Applied, 0),
            (Stage::Screen, 4),
            (Stage::Rejected, 9),
        ])];
        let told = statistics(
            &cases,
            Timestamp(0).plus_days(12),
            "UTC",
            &Choices::default(),
        );
        for chart in charts(&told) {
            let bytes = png(&chart).unwrap();
            let drawn = Pixmap::decode_png(&bytes).unwrap();
            assert_eq!(drawn.width(), 1280);
            let ink = drawn
                .pixels()
                .iter()
                .filter(|pixel| pixel.red() < 100 && pixel.green() < 130);
            assert!(ink.count() > 500, "{} is empty", chart.name);
        }
    }
}
