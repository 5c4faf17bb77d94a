package models

// places are the decimals of the currencies that don't have two.
var places = map[string]int32{
	"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0, "UGX": 0,
	"UYI": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
	"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
}

// CurrencyPlaces returns how many decimals amounts of an ISO 4217 currency
// have.
func CurrencyPlaces(currency string) int32 {
	if n, ok := places[currency]; ok {
		return n
	}
	return 2
}
