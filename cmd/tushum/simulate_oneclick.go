package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tushum/internal/lang"
	"tushum/internal/money"
	"tushum/internal/oneclick/simulator"
)

var simulateOneClickSpec = spec{
	use:   "oneclick",
	short: lang.Text{UZ: "OneClick rolini o‘ynash", RU: "сыграть OneClick", EN: "play the OneClick vendor"},
	long: lang.Text{
		UZ: "Shu kompyuterda OneClick rolini o‘ynaydi, to‘xtatilguncha: do‘kon bitimlarini qabul qiladi, ularni o‘zi oxiriga yetkazadi va har bir voqeani qatorma-qator aytadi. Pul o‘tmaydi. Do‘konni ulash uchun yoziladigan sozlamalar boshida chiqadi.\n\n" +
			"Bitim --assign dan keyin tayinlanadi, --pay dan keyin mijoz to‘ladim deydi, --complete dan keyin --end dagi holatlar birin-ketin keladi. Mijoz o‘rnida sahifadagi tugmani bosmoqchi bo‘lsangiz: --pay 1h.\n\n" +
			"  tushum simulate oneclick --credentials-out oneclick.json\n" +
			"  tushum simulate oneclick --credentials-out oneclick.json --end canceled,completed\n" +
			"  tushum simulate oneclick --credentials-out oneclick.json --fail payin=lost,get=429x3",
		RU: "Играет OneClick на этом компьютере, пока не прервут: принимает сделки магазина, сам доводит их до конца и рассказывает о каждом событии строкой. Деньги не переводятся. Настройки, которыми магазин подключается, печатаются в начале.\n\n" +
			"Через --assign сделка назначена, ещё через --pay клиент говорит, что заплатил, ещё через --complete по очереди наступают состояния из --end. Чтобы нажимать кнопку клиента на странице самому: --pay 1h.\n\n" +
			"  tushum simulate oneclick --credentials-out oneclick.json\n" +
			"  tushum simulate oneclick --credentials-out oneclick.json --end canceled,completed\n" +
			"  tushum simulate oneclick --credentials-out oneclick.json --fail payin=lost,get=429x3",
		EN: "Plays OneClick on this machine until it is interrupted: it takes the shop's deals, leads them to their end by itself, and tells everything that happens on a line of its own. No money moves. The settings that connect a shop to it are printed first.\n\n" +
			"--assign after it was made a deal is assigned, --pay later the payer says that it is paid, and --complete later, one after another, come the states of --end. To press the payer's button on the page yourself: --pay 1h.\n\n" +
			"  tushum simulate oneclick --credentials-out oneclick.json\n" +
			"  tushum simulate oneclick --credentials-out oneclick.json --end canceled,completed\n" +
			"  tushum simulate oneclick --credentials-out oneclick.json --fail payin=lost,get=429x3",
	},
	doing: lang.Text{UZ: "OneClick rolini o‘ynash", RU: "игра за OneClick", EN: "playing the OneClick vendor"},
}

// vendorFlags say how the vendor behaves, as they were typed.
type vendorFlags struct {
	address, credentials      string
	assign, pay, complete     time.Duration
	end                       []string
	amountOff                 string
	dealLife, tokenLife, stay time.Duration
	shape, qr                 string
	noBank                    bool
	webhook, signature        string
	fail                      []string

	off money.Amount // amountOff, read
}

func (a *App) simulateOneClickCommand() *cobra.Command {
	var f vendorFlags
	cmd := a.command(simulateOneClickSpec, func(ctx context.Context, _ []string) error {
		if err := f.check(); err != nil {
			return err
		}
		return a.simulateOneClick(ctx, f)
	})
	flags := cmd.Flags()
	flags.StringVar(&f.address, "address", "127.0.0.1:8099", a.say(lang.Text{UZ: "qaysi `MANZIL`da tinglash", RU: "`АДРЕС`, на котором слушать", EN: "the `ADDRESS` to listen on"}))
	flags.StringVar(&f.credentials, "credentials-out", "", a.say(lang.Text{
		UZ: "do‘kon ulanadigan kalitlar `FAYL`i: yo‘q bo‘lsa, yaratiladi", RU: "`ФАЙЛ` с ключами для магазина: создаётся, если его нет", EN: "the credentials `FILE` for the shop: made where there is none",
	}))
	require(cmd, "credentials-out")
	a.paceFlags(cmd, &f)
	a.answerFlags(cmd, &f)
	for name, shown := range map[string]string{"end": "completed", "deal-life": "15m", "token-life": "1h"} {
		flags.Lookup(name).DefValue = shown // and not [completed], 15m0s
	}
	return cmd
}

// paceFlags are those about the life of a deal.
func (a *App) paceFlags(cmd *cobra.Command, f *vendorFlags) {
	flags := cmd.Flags()
	flags.DurationVar(&f.assign, "assign", 3*time.Second, a.say(lang.Text{UZ: "shu `VAQT`dan keyin bitim tayinlanadi, 0 — hech qachon", RU: "через это `ВРЕМЯ` сделка назначена, 0 — никогда", EN: "`TIME` until a deal is assigned, 0 for never"}))
	flags.DurationVar(&f.pay, "pay", 5*time.Second, a.say(lang.Text{UZ: "yana shu `VAQT`dan keyin mijoz to‘ladim deydi, 0 — aytmaydi", RU: "ещё через это `ВРЕМЯ` клиент говорит, что заплатил, 0 — молчит", EN: "`TIME` from there until the payer says that it is paid, 0 for not a word"}))
	flags.DurationVar(&f.complete, "complete", 4*time.Second, a.say(lang.Text{UZ: "--end dagi har bir holatgacha `VAQT`, 0 — hech qachon", RU: "`ВРЕМЯ` до каждого состояния из --end, 0 — никогда", EN: "`TIME` until each state of --end, 0 for never"}))
	flags.StringSliceVar(&f.end, "end", []string{"completed"}, a.say(lang.Text{
		UZ: "keyingi `HOLATLAR`, vergul bilan: completed, canceled, expired, disputed, refunded yoki notanish so‘z",
		RU: "следующие `СОСТОЯНИЯ` через запятую: completed, canceled, expired, disputed, refunded или неизвестное слово",
		EN: "the `STATES` that follow, with commas: completed, canceled, expired, disputed, refunded, or a word that nobody knows",
	}))
	flags.StringVar(&f.amountOff, "amount-off", "", a.say(lang.Text{UZ: "completed da summa shuncha `SUMMA`ga farq qiladi, masalan -5000", RU: "`СУММА`, на которую отличается completed, например -5000", EN: "the `AMOUNT` by which completed differs from what was asked for, such as -5000"}))
	flags.DurationVar(&f.dealLife, "deal-life", 15*time.Minute, a.say(lang.Text{UZ: "bitim to‘lanadigan `VAQT`", RU: "`ВРЕМЯ`, пока сделку можно оплатить", EN: "the `TIME` for which a deal can be paid"}))
	flags.DurationVar(&f.stay, "for", 0, a.say(lang.Text{UZ: "shu `VAQT`dan keyin o‘zi yopiladi", RU: "закрыть само через это `ВРЕМЯ`", EN: "end by itself after this `LONG`"}))
}

// answerFlags are those about what the vendor answers and sends.
func (a *App) answerFlags(cmd *cobra.Command, f *vendorFlags) {
	flags := cmd.Flags()
	flags.StringSliceVar(&f.fail, "fail", nil, a.say(lang.Text{
		UZ: "buziladigan chaqiruvlar, `CHAQIRUV=TURI`[xSON], vergul bilan; turlari: " + strings.Join(faultNames(), ", "),
		RU: "вызовы со сбоем, `ВЫЗОВ=ВИД`[xЧИСЛО] через запятую; виды: " + strings.Join(faultNames(), ", "),
		EN: "the calls that go wrong first, `CALL=KIND`[xTIMES] with commas; kinds: " + strings.Join(faultNames(), ", "),
	}))
	flags.StringVar(&f.shape, "shape", "object", a.say(lang.Text{UZ: "o‘qishda holat ko‘rinishi: `object|string`", RU: "вид состояния при чтении: `object|string`", EN: "how a status reads: `object|string`"}))
	flags.BoolVar(&f.noBank, "no-bank", false, a.say(lang.Text{UZ: "kartaning egasi va banki aytilmaydi", RU: "без владельца и банка карты", EN: "leave the card's owner and bank out"}))
	flags.StringVar(&f.qr, "qr", "", a.say(lang.Text{UZ: "karta bilan beriladigan QR `MATN`i", RU: "`ТЕКСТ` для QR, который даётся с картой", EN: "the `TEXT` for a code that comes with the card"}))
	flags.DurationVar(&f.tokenLife, "token-life", time.Hour, a.say(lang.Text{UZ: "kirish tokeni amal qiladigan `VAQT`", RU: "`ВРЕМЯ` жизни токена", EN: "the `TIME` for which a token is good"}))
	flags.StringVar(&f.webhook, "webhook", "", a.say(lang.Text{UZ: "xabarnomalar `MANZIL`i: http://127.0.0.1:8080/oneclick/callback", RU: "`АДРЕС` для уведомлений: http://127.0.0.1:8080/oneclick/callback", EN: "send webhooks to the `URL`, such as http://127.0.0.1:8080/oneclick/callback"}))
	flags.StringVar(&f.signature, "signature", "good", a.say(lang.Text{UZ: "ularning imzosi: `good|bad`", RU: "их подпись: `good|bad`", EN: "how they are signed: `good|bad`"}))
}

// statusWord is what a status may look like.
var statusWord = regexp.MustCompile(`^[a-z_]{1,40}$`)

// check holds the flags against what can be.
func (f *vendorFlags) check() (err error) {
	if f.credentials == "" {
		return missing("--credentials-out FILE")
	}
	if f.off, err = flagDifference("--amount-off", f.amountOff); err != nil {
		return err
	}
	if _, err = faultsOf(f.fail); err != nil {
		return err
	}
	switch {
	case !isOwnAddress(f.address):
		return usage(lang.Text{UZ: "--address: 127.0.0.1:8099 kabi, shu kompyuterning o‘z manzilini bering", RU: "--address: укажите адрес самого этого компьютера, например 127.0.0.1:8099", EN: "--address: give an address of this machine alone, such as 127.0.0.1:8099"})
	case slices.ContainsFunc(f.end, func(s string) bool { return !statusWord.MatchString(s) }):
		return usage(lang.Text{UZ: "--end: holatlarni kichik lotin harflari bilan yozing, masalan canceled,completed", RU: "--end: напишите состояния строчными латинскими буквами, например canceled,completed", EN: "--end: write states in small letters, such as canceled,completed"})
	case f.shape != "object" && f.shape != "string":
		return usage(lang.Text{UZ: "--shape: object yoki string bering", RU: "--shape: укажите object или string", EN: "--shape: give object or string"})
	case f.signature != "good" && f.signature != "bad":
		return usage(lang.Text{UZ: "--signature: good yoki bad bering", RU: "--signature: укажите good или bad", EN: "--signature: give good or bad"})
	case f.webhook != "" && !isSite(f.webhook):
		return usage(lang.Text{UZ: "--webhook: http:// yoki https:// bilan to‘liq manzil bering", RU: "--webhook: укажите полный адрес с http:// или https://", EN: "--webhook: give a whole address with http:// or https://"})
	case min(f.assign, f.pay, f.complete, f.stay) < 0 || f.dealLife <= 0 || f.tokenLife <= 0:
		return usage(lang.Text{UZ: "vaqtlar manfiy bo‘lmaydi, --deal-life va --token-life esa noldan katta", RU: "время не бывает отрицательным, а --deal-life и --token-life больше нуля", EN: "times can't be negative, and --deal-life and --token-life are above zero"})
	}
	return nil
}

// isOwnAddress tells an address that only this machine reaches: elsewhere a shop
// wants TLS.
func isOwnAddress(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil || host == "localhost" {
		return err == nil
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

func isSite(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// behaviour is how the vendor answers when nothing goes wrong.
func (f vendorFlags) behaviour(b *simulator.Behaviour) {
	b.OtherShapes, b.NoBank, b.QRText = f.shape == "string", f.noBank, f.qr
	b.DealLife, b.TokenLife, b.Unassigned = f.dealLife, f.tokenLife, true
}

// simulateOneClick serves the vendor until it is interrupted, or its time is over.
func (a *App) simulateOneClick(ctx context.Context, f vendorFlags) error {
	shop, path, err := a.vendorShop(f.credentials)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", f.address)
	if err != nil {
		return &fault{code: codeListen, exit: exitFailed, says: sayVendorPort, hint: hintVendorPort, err: err}
	}
	play := a.playVendor(simulator.New(shop, a.Now), f)
	server := &http.Server{Handler: play.vendor, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: time.Minute}
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	stay, end := context.WithCancel(ctx)
	if f.stay > 0 {
		stay, end = context.WithTimeout(ctx, f.stay)
	}
	defer end()
	err = play.greet("http://"+l.Addr().String(), path)
	if err == nil {
		err = play.run(stay)
	}
	end()
	err = errors.Join(err, server.Close())
	if ended := <-served; !errors.Is(ended, http.ErrServerClosed) {
		err = errors.Join(err, ended)
	}
	play.sending.Wait()
	return errors.Join(err, ctx.Err())
}

// vendorShop is the shop at the vendor, by the file that it connects with: one that
// was made before stays good, and nothing else is replaced.
func (a *App) vendorShop(name string) (shop simulator.Shop, path string, err error) {
	path = a.abs(name)
	file, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		if shop, err = simulator.NewShop(); err != nil {
			return shop, path, err
		}
		return shop, path, writeFile(path, func(w io.Writer) error {
			_, err := w.Write(shop.CredentialsFile())
			return err
		})
	}
	if err != nil {
		return shop, path, err
	}
	if shop, err = simulator.ShopOf(file); err != nil {
		err = &fs.PathError{Op: "write", Path: path, Err: fs.ErrExist}
	}
	return shop, path, err
}

var (
	sayVendorPort  = lang.Text{UZ: "manzilni band qilib bo‘lmadi", RU: "адрес занять не удалось", EN: "the address can't be had"}
	hintVendorPort = lang.Text{UZ: "boshqa port bering, masalan --address 127.0.0.1:0", RU: "укажите другой порт, например --address 127.0.0.1:0", EN: "give another port, such as --address 127.0.0.1:0"}
)
