package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"syscall"

	"tushum/internal/bank"
	"tushum/internal/lang"
)

// trouble puts what a play of the bank ran into into words: a refusal of
// the listener is told with the meaning of its code.
func (f bankFlags) trouble(err error) error {
	var (
		refused *bank.RefusalError
		answer  *bank.AnswerError
	)
	switch {
	case errors.As(err, &refused):
		told := func(l lang.Lang, says string) string {
			return fmt.Sprintf(says, refused.Webhook, refused.Code, bank.Meaning(refused.Code, l))
		}
		return &fault{code: "refused", exit: exitRefused, says: lang.Text{
			UZ: told(lang.UZ, "%s rad etildi, kod %s: %s"), RU: told(lang.RU, "%s отклонён, код %s: %s"), EN: told(lang.EN, "%s was refused with %s: %s"),
		}}
	case errors.As(err, &answer):
		return failed(lang.Text{UZ: "javob shartnomaga mos emas", RU: "ответ не по договору", EN: "the answer is not one of the Merchant API"}, err)
	case errors.Is(err, bank.ErrNoAmount):
		return usage(lang.Text{
			UZ: "check summani aytmadi: unda tiyin bor yoki bu kassa hisobi; --amount bering",
			RU: "check не назвал сумму: в ней есть тийины или это счёт кассы; укажите --amount",
			EN: "check named no amount: the sum has tiyin, or it is a counter invoice; give --amount",
		})
	case err != nil:
		return f.unanswered(err)
	}
	return nil
}

// unanswered tells why a call got no answer.
func (f bankFlags) unanswered(err error) error {
	if errors.Is(err, context.Canceled) {
		return err
	}
	says := lang.Text{UZ: "chaqiruv javobsiz qoldi", RU: "вызов остался без ответа", EN: "the call was not answered"}
	var (
		network net.Error
		name    *net.DNSError
	)
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		says, err = lang.Text{UZ: "bu manzilda hech kim javob bermayapti: ulanish rad etildi", RU: "по этому адресу никто не отвечает: соединение отклонено", EN: "nobody answers at this address: the connection was refused"}, nil
	case errors.As(err, &name):
		says, err = lang.Text{UZ: "bunday server nomi topilmadi", RU: "имя сервера не найдено", EN: "no server of that name was found"}, nil
	case errors.As(err, &network) && network.Timeout():
		says, err = lang.Text{UZ: "javob vaqtida kelmadi", RU: "ответ не пришёл вовремя", EN: "the answer did not come in time"}, nil
	case errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET):
		says, err = lang.Text{UZ: "ulanish javobsiz uzildi", RU: "соединение оборвалось без ответа", EN: "the connection was cut without an answer"}, nil
	}
	told := failed(says, err)
	told.code, told.exit = codeUnanswered, exitFailed
	told.hint = lang.Text{UZ: "tushum serve ishlayaptimi?", RU: "запущена ли служба tushum serve?", EN: "is tushum serve running?"}
	if f.url != "" {
		told.hint = lang.Text{UZ: "--url manzilini va tarmoqni tekshiring", RU: "проверьте адрес --url и сеть", EN: "check the address of --url and the network"}
	}
	return told
}

// codeUnanswered is for scripts: the listener does not answer.
const codeUnanswered = "unanswered"

// knock makes one check call, so that nothing is made in the ledger when nobody
// answers. What the answer says does not matter.
func (f bankFlags) knock(ctx context.Context, client *bank.Client) error {
	if _, err := client.Check(ctx, "0"); err != nil {
		return f.unanswered(err)
	}
	return nil
}
