package events

// Rejection is the error of a message that no further attempt can help: it becomes a
// dead letter at once. Any other error is tried again.
type Rejection struct {
	// Why is one word for machines, such as "not_json"; it becomes part of a subject.
	Why string
	// Err says it to people.
	Err error
}

// Reject makes the error of a message that no further attempt can help.
func Reject(why string, err error) error { return &Rejection{Why: why, Err: err} }

func (r *Rejection) Error() string { return r.Err.Error() }

func (r *Rejection) Unwrap() error { return r.Err }

// Reason gives the word for machines.
func (r *Rejection) Reason() string { return r.Why }
