package check

// english is keyed by folded words: lower case, no accents.
var english = tongue{
	decimal: '.', group: ',',
	cardinals: map[string]int{
		"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
		"nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
		"sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
		"forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
	},
	ordinals: map[string]int{
		"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
		"ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14,
		"fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19,
		"twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60, "hundredth": 100,
	},
	scales: map[string]int{
		"hundred": 2, "thousand": 3, "million": 6, "millions": 6, "billion": 9, "billions": 9, "bn": 9,
		"mn": 6, "trillion": 12, "tn": 12, "k": 3,
	},
	collectives: map[string]int{
		"dozen": 12, "dozens": 12, "hundreds": 100, "thousands": 1000, "half": 2, "halves": 2, "quarter": 4,
		"quarters": 4, "thirds": 3, "twice": 2, "once": 1, "both": 2, "couple": 2, "pair": 2, "double": 2,
		"triple": 3, "thrice": 3, "decade": 10, "decades": 10, "fortnight": 15, "teenager": 15,
		"octogenarian": 80, "centenary": 100, "centennial": 100, "bicentenary": 200,
	},
	ordinalMarks: set("st", "nd", "rd", "th"),
	months: map[string]int{
		"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
		"september": 9, "october": 10, "november": 11, "december": 12,
		"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9,
		"oct": 10, "nov": 11, "dec": 12,
	},
	units: map[string]string{
		"%": "%", "percent": "%", "percentage": "%", "€": "EUR", "euro": "EUR", "euros": "EUR", "eur": "EUR",
		"$": "$", "dollar": "$", "dollars": "$", "£": "GBP", "pound": "pound", "pounds": "pound", "lb": "pound", "lbs": "pound", "¥": "JPY", "yen": "JPY",
		"km": "km", "kilometre": "km", "kilometres": "km", "kilometer": "km", "kilometers": "km", "kg": "kg",
		"kilo": "kg", "kilos": "kg", "kilograms": "kg", "kilogrammes": "kg", "metre": "m", "metres": "m",
		"meter": "m", "meters": "m", "m": "m", "cm": "cm", "centimetres": "cm", "centimeters": "cm", "mm": "mm",
		"millimetres": "mm", "millimeters": "mm", "hectare": "ha", "hectares": "ha", "ha": "ha", "litre": "l",
		"litres": "l", "liters": "l", "tonne": "t", "tonnes": "t", "tons": "t", "ton": "t",
		"mile": "mile", "miles": "mile", "inch": "inch", "inches": "inch", "feet": "foot", "foot": "foot", "ft": "foot", "mph": "mile", "acre": "acre", "acres": "acre",
	},
	hourMark: set("h", "oclock"),
	meridiem: map[string]int{"am": 0, "pm": 12, "a": 0, "p": 12},
	century:  set("century", "centuries"),
	decade: map[string]int{
		"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
		"eighties": 80, "nineties": 90,
	},
	joiners: set("and"),
	between: set("to", "and", "or"),
	loose:   set("one", "second", "first", "once", "may", "march", "mar", "sept", "k"),
	function: set("the", "of", "and", "to", "in", "is", "that", "for", "was", "on", "with", "as", "are",
		"by", "it", "be", "this", "from", "at", "have", "has", "were", "which", "their", "not", "an", "been"),
	demonyms: set("", "i", "is", "an", "ans", "ian", "ians", "ish", "nish", "ese", "ch", "k", "ks", "n", "ns", "er", "ers", "le", "les", "ic"),
	doubles:  set("had", "that", "very", "bye", "so", "blah", "no", "ha"),
	pronouns: set("it", "its", "they", "them", "their", "theirs", "he", "she", "him", "her", "his"),
}
