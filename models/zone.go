package models

import (
	"time"
	_ "time/tzdata" // Time zones are known on machines without zone files too.
)

// Zone returns the time zone of a name such as America/Mexico_City, or
// CodeInvalid. What only some machines have files for, or mean something of
// their own by, isn't a zone: Local, posixrules, right/UTC.
func Zone(name string) (*time.Location, error) {
	if name != "" && name != "Local" && 'A' <= name[0] && name[0] <= 'Z' {
		if zone, err := time.LoadLocation(name); err == nil {
			return zone, nil
		}
	}
	return nil, Errorf(CodeInvalid, "%q isn't a time zone; use a name such as America/Mexico_City", name)
}
