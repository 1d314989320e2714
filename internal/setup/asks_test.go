package setup_test

import (
	"testing"

	"tushum/internal/setup"
)

func TestASettingIsTheAnswerOfItsQuestion(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]setup.ID{
		"shop.name": setup.ShopName, "listener.address": setup.ListenAddress, "listener.acme.domains": setup.ACMEDomain, "routing.visit": setup.RouteID("visit"),
		"uzum.service_id": setup.UzumServiceID, "uzum.credentials.login": setup.UzumLogin, "uzum.credentials.password_hash": setup.UzumPassword, "uzum.transaction_ttl": "",
	} {
		if id, ok := setup.Asks(key); id != want || ok != (want != "") {
			t.Errorf("%s is the answer of %q, %t", key, id, ok)
		}
	}
}
