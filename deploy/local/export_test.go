package local

// FirstDelay is the wait before the second restart.
const FirstDelay = firstDelay
