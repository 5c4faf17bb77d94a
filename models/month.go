package models

import (
	"strings"
	"time"
)

// monthNames are in the case that a day stands before.
var monthNames = map[Language][]string{
	English:    strings.Fields("January February March April May June July August September October November December"),
	Spanish:    strings.Fields("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
	Portuguese: strings.Fields("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"),
	Russian:    strings.Fields("января февраля марта апреля мая июня июля августа сентября октября ноября декабря"),
}

// MonthName returns what a month is called beside a day.
func MonthName(m time.Month, l Language) string { return monthNames[l][m-1] }
