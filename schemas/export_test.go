package schemas

// Shows tells whether a document is proved to keep the schema, without the
// library, and Judge what the library says of it.
func (s *Schema) Shows(document []byte) bool { return s.proof.proves(document) }

func (s *Schema) Judge(document []byte) []Violation { return s.judge(document) }
