//! Where the next letter of a content stream stands.

/// A transformation of the plane: a, b, c, d, e, f of PDF.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Matrix(pub [f32; 6]);

impl Matrix {
    /// Nothing moves.
    pub const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// This one, then `other`.
    pub fn then(self, other: Self) -> Self {
        let [a, b, c, d, e, f] = self.0;
        let [oa, ob, oc, od, oe, of] = other.0;
        Self([
            a * oa + b * oc,
            a * ob + b * od,
            c * oa + d * oc,
            c * ob + d * od,
            e * oa + f * oc + oe,
            e * ob + f * od + of,
        ])
    }

    /// Moves by x and y.
    pub fn translation(x: f32, y: f32) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// How much upright lengths grow.
    pub fn height(self) -> f32 {
        self.0[2].hypot(self.0[3])
    }
}

/// The text state, and the matrices.
#[derive(Clone, Debug)]
pub struct State {
    /// The current transformation.
    pub page: Matrix,
    /// The text matrix, which moves with each letter.
    pub text: Matrix,
    /// The text matrix at the beginning of the line.
    pub line: Matrix,
    /// The name of the font.
    pub font: Vec<u8>,
    /// Its size.
    pub size: f32,
    /// Space after each letter.
    pub letter_space: f32,
    /// Horizontal stretch, 1 for none.
    pub stretch: f32,
    /// From line to line.
    pub leading: f32,
}

impl State {
    /// As a page begins.
    pub fn new() -> Self {
        Self {
            page: Matrix::IDENTITY,
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            font: Vec::new(),
            size: 0.0,
            letter_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
        }
    }

    /// Begins a line that is moved from the last one's beginning.
    pub fn next_line(&mut self, x: f32, y: f32) {
        self.line = Matrix::translation(x, y).then(self.line);
        self.text = self.line;
    }

    /// Moves along the line by `distance` of unscaled text space.
    pub fn advance(&mut self, distance: f32) {
        self.text = Matrix::translation(distance * self.stretch, 0.0).then(self.text);
    }

    /// Where the next letter stands on the page, and how high it is.
    pub fn place(&self) -> (f32, f32, f32) {
        let whole = self.text.then(self.page);
        (whole.0[4], whole.0[5], self.size * whole.height())
    }
}

#[cfg(test)]
mod tests {
    use super::{Matrix, State};

    #[test]
    fn places_follow_both_matrices() {
        let mut state = State::new();
        state.page = Matrix([1.0, 0.0, 0.0, -1.0, 0.0, 100.0]);
        state.size = 10.0;
        state.next_line(5.0, 20.0);
        state.advance(3.0);
        assert_eq!(state.place(), (8.0, 80.0, 10.0));
    }
}
