package workflows

// ChangeNotes is for tests that play older code.
const ChangeNotes = changeNotes
