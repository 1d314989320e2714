package tui

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"tushum/internal/lang"
	"tushum/internal/poster"
	"tushum/store"
	"tushum/tui/keys"
)

// codeScreen shows a customer how to pay an invoice, and the cashier whether
// they have.
type codeScreen struct {
	inv      store.Invoice       // without a number: the till's, which is not known yet
	till     bool                // it is the code at the till
	txs      []store.Transaction // of the invoice, newest first: see enough
	err      error               // why they could not be read
	app      bool                // the app link is shown and not the payment link
	asked    bool                // it was asked whether to make the till's invoice
	inverted bool                // the code's colours are swapped
	shown    bool                // it was in front before
	told     int                 // how often the ledger told of the invoice
	encoded  encoding            // the code as it was made last
	drawn    drawing             // the same as it was drawn last
	attempt  attempt             // the deal by which it is paid, where its payment system makes deals
}

func newCode(_ *desk, inv store.Invoice) *codeScreen { return &codeScreen{inv: inv} }

// codeLoadedMsg is the invoice and its transactions as they stand.
type codeLoadedMsg struct {
	screen *codeScreen
	told   int // what the screen had been told of when the reading began
	inv    store.Invoice
	till   bool // it is the till's
	txs    []store.Transaction
	deals  []store.Deal
	err    error
}

// title holds the sum, for a small window may have no room for it but here.
func (c *codeScreen) title(d *desk) string {
	switch {
	case c.inv.Number == 0:
		return d.say(tillTitle)
	case c.till:
		return d.say(tillTitle) + " " + c.inv.Number.String() + " " + d.theme.Signs.Dot + " " + d.asked(c.inv)
	}
	return c.standing(d).sign + " " + c.inv.Number.String() + " " + d.theme.Signs.Dot + " " + d.asked(c.inv)
}

func (c *codeScreen) scopes(d *desk) []keys.Scope {
	if c.makesDeals(d) {
		return []keys.Scope{keys.Deal, keys.Code}
	}
	return []keys.Scope{keys.Code}
}

// show reads the invoice. One that is done with is left when the screens that
// came in front of it are, so that a day's sales don't pile up under Esc.
func (c *codeScreen) show(d *desk) tea.Cmd {
	if c.shown && c.inv.Number != 0 && c.inv.StatusAt(d.now()) != store.Open {
		return d.pop(c)
	}
	c.shown = true
	return c.load(d)
}

func (c *codeScreen) load(d *desk) tea.Cmd {
	ledger, number, told, today := d.Ledger, c.inv.Number, c.told, d.today()
	return func() tea.Msg {
		ctx := context.Background()
		msg := codeLoadedMsg{screen: c, told: told}
		if number == 0 {
			msg.inv, msg.err = ledger.Till(ctx)
			msg.till = true
		} else if msg.inv, msg.err = ledger.Invoice(ctx, number); msg.err == nil && msg.inv.Reusable() {
			msg.till, msg.err = poster.StandsAtTill(ctx, ledger, msg.inv)
		}
		if msg.err == nil {
			msg.txs, msg.err = enough(ledger, msg.inv.Number, today)
		}
		if msg.err == nil {
			msg.deals, msg.err = ledger.DealsOf(ctx, msg.inv.Number)
		}
		return msg
	}
}

func (c *codeScreen) update(d *desk, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case codeLoadedMsg:
		if msg.screen == c {
			return c.loaded(d, msg)
		}
	case happenedMsg:
		return c.happened(d, msg)
	case tillMadeMsg:
		if msg.screen == c {
			return c.made(d, msg)
		}
	case codeSavedMsg:
		if msg.screen == c {
			return msg.notice(d)
		}
	case dealBegunMsg:
		if msg.screen == c {
			return c.dealBegun(d, msg)
		}
	case payToMsg:
		if msg.screen == c {
			return c.toldWhere(d, msg)
		}
	}
	return nil
}

func (c *codeScreen) loaded(d *desk, msg codeLoadedMsg) tea.Cmd {
	if msg.told != c.told { // what was read may be older than what was told
		return c.load(d)
	}
	if c.err = msg.err; msg.err == nil {
		c.inv, c.till, c.txs, c.attempt.deals = msg.inv, msg.till, msg.txs, msg.deals
		return tea.Batch(c.calm(d), c.pursue(d))
	}
	if c.noTill() && !c.asked {
		c.asked = true
		return c.askTill(d)
	}
	return nil
}

func (c *codeScreen) happened(d *desk, msg happenedMsg) (cmd tea.Cmd) {
	if msg.anew {
		c.txs, c.attempt.deals = nil, nil
	}
	if msg.anew || msg.flood || msg.err != nil || c.noTill() && len(msg.all) > 0 {
		c.told++
		return c.load(d)
	}
	moved := false // a deal of the invoice did
	for _, h := range msg.all {
		if !c.shows(h) {
			if c.inv.Reusable() && h.Invoice.Reusable() { // which of the two is the till's may change
				c.told++
				cmd = c.load(d)
			}
			continue
		}
		c.told++
		if h.Invoice.Number == c.inv.Number {
			c.inv = h.Invoice
		}
		if h.Transaction.Seq != 0 {
			c.put(h.Transaction)
		}
		moved = moved || h.Deal != ""
	}
	if moved {
		cmd = c.load(d)
	}
	c.txs = keepEnough(c.txs, d.rules(), d.today())
	return tea.Batch(cmd, c.calm(d))
}

// put puts a transaction in its place.
func (c *codeScreen) put(t store.Transaction) {
	at := slices.IndexFunc(c.txs, func(o store.Transaction) bool { return o.Seq <= t.Seq })
	switch {
	case at < 0:
		c.txs = append(c.txs, t)
	case c.txs[at].Seq == t.Seq:
		c.txs[at] = t
	default:
		c.txs = slices.Insert(c.txs, at, t)
	}
}

// shows tells that the screen itself says what happened.
func (c *codeScreen) shows(h happening) bool { return h.Number == c.inv.Number }

func (c *codeScreen) act(d *desk, a keys.Action) tea.Cmd {
	switch a {
	case keys.CopyLink:
		return copyText(c.given(d), d.say(linkCopied))
	case keys.CopyMessage:
		return d.copyMessage(c.inv)
	case keys.SwitchLink:
		c.app = !c.app
	case keys.Invert:
		c.inverted = !c.inverted
	case keys.SaveSVG:
		return c.saveCode(d, svgFile)
	case keys.SavePNG:
		return c.saveCode(d, pngFile)
	case keys.SaveSlip:
		return c.saveSlip(d)
	case keys.Poster:
		return c.askPoster(d)
	case keys.AskAnew:
		return c.askAnew(d)
	case keys.Settle:
		return c.askDecision(d)
	}
	return nil
}

func (c *codeScreen) why(d *desk, a keys.Action) lang.Text {
	links := c.links(d)
	switch {
	case c.inv.Number == 0:
		return tillUnread
	case d.Folder == "" && (a == keys.SaveSlip || a == keys.SaveSVG || a == keys.SavePNG || a == keys.Poster):
		return noFolder
	case a == keys.SaveSlip:
		return lang.Text{}
	case a == keys.AskAnew:
		return c.whyNotAnew(d)
	case a == keys.Settle:
		return c.whyNotDecide(d)
	case c.dealing(d):
		return c.whyNotOfDeal(d, a)
	}
	why := whyNoLink(d, c.inv)
	if a == keys.SwitchLink && why == (lang.Text{}) && (links.App == "" || links.App == links.Payment) {
		return oneLink
	}
	return why
}

// link is the link that is shown; empty where there is none.
func (c *codeScreen) link(d *desk) string {
	links := c.links(d)
	switch {
	case c.dealing(d):
		return c.dealCode(d, links)
	case c.app && links.App != "":
		return links.App
	}
	return links.Payment
}

func (c *codeScreen) links(d *desk) poster.Links {
	if c.till {
		return d.links(c.inv).AtTill()
	}
	return d.links(c.inv)
}

var (
	linkCopied = lang.Text{UZ: "to‘lov havolasi nusxalandi", RU: "ссылка на оплату скопирована", EN: "the payment link is copied"}
	noLink     = lang.Text{
		UZ: "havola yo‘q: {system} ulanmagan, sozlamalarni tekshiring",
		RU: "ссылки нет: {system} не подключён, проверьте настройки",
		EN: "there is no link: {system} is not connected, check the settings",
	}
	oneLink  = lang.Text{UZ: "bu hisobning havolasi bitta", RU: "у этого счёта только одна ссылка", EN: "this invoice has one link only"}
	noFolder = lang.Text{UZ: "fayllar uchun papka tanlanmagan", RU: "папка для файлов не задана", EN: "no folder for files is set"}
)
