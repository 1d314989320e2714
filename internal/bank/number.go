package bank

// unknownNumber is a well-formed number, its check digit right, that no shop will
// have reached.
var unknownNumber = withCheckDigit("99999989")

// damm is the quasigroup of order 10 of H. M. Damm's dissertation (2004): totally
// anti-symmetric, so that it finds every wrong digit and every swap of neighbours.
var damm = [10]string{
	"0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
	"3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
}

// withCheckDigit appends the digit that brings the whole to 0.
func withCheckDigit(digits string) string {
	interim := byte('0')
	for i := range len(digits) {
		interim = damm[interim-'0'][digits[i]-'0']
	}
	return digits + string(interim)
}

// wrongCheckDigit is number with its last digit one further.
func wrongCheckDigit(number string) string {
	if number == "" {
		return "1"
	}
	last := len(number) - 1
	if number[last] < '0' || number[last] >= '9' {
		return number[:last] + "0"
	}
	return number[:last] + string(number[last]+1)
}
