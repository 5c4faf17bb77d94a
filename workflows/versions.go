package workflows

// Change IDs for workflow.GetVersion stand here, oldest first. A chat's run is
// AutoUpgrade: it moves to new code in the middle of its life, so a change of
// the order of commands needs a change ID, and a recorded history of the code
// before it in testdata/replay.

// changeIngestSteps: the ingest of a source is a step an activity, each of
// which may be repeated, instead of one activity.
const changeIngestSteps = "ingest-steps"

// changeNotes: a handoff may be followed by its summary note, written beside
// whatever the run does next.
const changeNotes = "notes"
