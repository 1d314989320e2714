package money

import (
	"errors"

	"tushum/internal/lang"
)

// The kinds of failure, for errors.Is.
var (
	// ErrSyntax: the text is not an amount, or may be read in two ways.
	ErrSyntax = errors.New("not an amount")
	// ErrRange: the amount is negative where it may not be, or too large.
	ErrRange = errors.New("amount out of range")
)

// ParseError is the error of Parse. It tells what to type instead, and never
// repeats the text that was typed: people put phone numbers in the wrong field.
type ParseError struct {
	kind error
	say  lang.Text
}

// Error gives the reason in English.
func (e *ParseError) Error() string { return "reading an amount: " + e.say.EN }

// Unwrap gives ErrSyntax or ErrRange.
func (e *ParseError) Unwrap() error { return e.kind }

// In gives the reason and what to type, as a sentence in the reader's language.
func (e *ParseError) In(l lang.Lang) string { return e.say.In(l) }

func syntax(say lang.Text) error { return &ParseError{kind: ErrSyntax, say: say} }

func outOfRange(say lang.Text) error { return &ParseError{kind: ErrRange, say: say} }

var (
	sayEmpty = lang.Text{
		UZ: "summa kiritilmagan: masalan, 150000 yoki 150k deb yozing",
		RU: "сумма не введена: напишите, например, 150000 или 150k",
		EN: "nothing was typed: type for example 150000 or 150k",
	}
	sayNotNumber = lang.Text{
		UZ: "bu summa emas: 150000, 150 000, 150 ming yoki 1,5 mln deb yozing",
		RU: "это не сумма: напишите 150000, 150 000, 150 тыс или 1,5 млн",
		EN: "this is not a sum: type 150000, 150 000, 150k or 1.5m",
	}
	sayGroups = lang.Text{
		UZ: "raqamlar uchtadan ajratilmagan: 1 500 000 yoki 1500000 deb yozing",
		RU: "цифры разделены не по три: напишите 1 500 000 или 1500000",
		EN: "the digits are not grouped by three: type 1 500 000 or 1500000",
	}
	sayTooFine = lang.Text{
		UZ: "tiyindan mayda ulush: verguldan keyin ko‘pi bilan ikki raqam yozing, masalan 1500,50",
		RU: "доля мельче тийина: после запятой не больше двух цифр, например 1500,50",
		EN: "finer than a tiyin: type at most two digits after the comma, for example 1500,50",
	}
	sayWord = lang.Text{
		UZ: "sondan keyingi so‘z tushunarsiz: ming, mln, k, m yoki so‘m deb yozing",
		RU: "непонятное слово после числа: напишите тыс, млн, k, m или сум",
		EN: "the word after the number is unknown: type k, m, ming, mln or UZS",
	}
	sayNegative = lang.Text{
		UZ: "summa manfiy bo‘lmaydi: minus belgisisiz yozing",
		RU: "сумма не бывает отрицательной: напишите без минуса",
		EN: "a sum is never negative: type it without the minus",
	}
	sayTooLarge = lang.Text{
		UZ: "summa juda katta: ko‘pi bilan " + Max.Format(lang.UZ) + ", nollarni tekshiring",
		RU: "сумма слишком велика: не больше " + Max.Format(lang.RU) + ", проверьте нули",
		EN: "the sum is too large: at most " + Max.Format(lang.EN) + ", check the zeros",
	}
)

// sayTwoWays explains a number such as "1.500", or "1.500k" when power is 3,
// by how to write each of its readings. The parts are one to three digits
// each, so nothing longer than a price is repeated.
func (n number) sayTwoWays(power int) lang.Text {
	shown := n.whole + n.mark + n.fraction
	digits := n.whole + n.fraction
	thousands, fraction := digits, n.whole+decimalMark+n.fraction[:2]
	if power == 3 {
		thousands, fraction = digits+"k", digits
	}
	return lang.Text{
		UZ: "«" + shown + "» ikki xil o‘qiladi: minglar bo‘lsa " + thousands + " deb, kasr bo‘lsa " + fraction + " deb yozing",
		RU: "«" + shown + "» читается двояко: напишите " + thousands + " для тысяч или " + fraction + " для дроби",
		EN: `"` + shown + `"` + " can be read in two ways: type " + thousands + " for thousands or " + fraction + " for a fraction",
	}
}
