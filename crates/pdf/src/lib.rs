//! Pages from data: a typesetter with its fonts inside, and two readers that read its pages back.
