"""One file a family of expressions: each rule looks at one position and says what it read and where it ends."""
