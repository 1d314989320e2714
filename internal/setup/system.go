package setup

import "tushum/store"

// systemPages are the pages that are about one payment system.
var systemPages = map[store.System]Page{store.Uzum: PageBank, oneClick: PageOneClick}

// Pages are the pages in their order.
func Pages() []Page {
	return []Page{PageShop, PageBank, PageOffer, PageListener, PageOneClick, PageRouting, PageTariffs}
}

// PageOf is the page that connects a payment system; empty for one that needs
// none.
func PageOf(system store.System) Page { return systemPages[system] }

// System is the payment system that a page connects; empty for the others.
func (p Page) System() store.System {
	for system, page := range systemPages {
		if page == p {
			return system
		}
	}
	return ""
}

// Concerns tells whether one of the answers is about connecting a payment system.
func Concerns(a Answers, system store.System) bool {
	for _, q := range Questions(nil) {
		if _, there := a[q.ID]; there && q.Page.System() == system {
			return true
		}
	}
	return false
}

// CallbackURL is where a payment system that makes deals may call the shop; empty
// without a public URL.
func CallbackURL(public string, system store.System) string {
	if public == "" {
		return ""
	}
	return public + "/" + string(system) + "/callback"
}
