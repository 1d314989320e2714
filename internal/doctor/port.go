package doctor

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"syscall"

	"tushum/internal/lang"
)

var (
	titlePort = lang.Text{UZ: "Port", RU: "Порт", EN: "Port"}

	sayHeld     = lang.Text{UZ: "%s bizniki va ulanishlarni qabul qiladi", RU: "%s занят нами и принимает соединения", EN: "%s is ours and accepts connections"}
	sayDeaf     = lang.Text{UZ: "%s ulanishlarni qabul qilmayapti: %s", RU: "%s не принимает соединений: %s", EN: "%s accepts no connections: %s"}
	sayCanTake  = lang.Text{UZ: "%s bo‘sh", RU: "%s свободен", EN: "%s can be taken"}
	sayTaken    = lang.Text{UZ: "%s ni boshqa dastur band qilgan", RU: "%s занят другой программой", EN: "%s is held by another program"}
	sayNotOurs  = lang.Text{UZ: "%s ni ochib bo‘lmadi: %s", RU: "не удалось открыть %s: %s", EN: "%s can't be opened: %s"}
	adviseTaken = lang.Text{
		UZ: "o‘sha dasturni to‘xtating (qaysi ekanini ss -ltnp ko‘rsatadi) yoki [listener] address da boshqa port bering",
		RU: "остановите её (какая — покажет ss -ltnp) или задайте другой порт в [listener] address",
		EN: "stop it (ss -ltnp shows which it is), or set another port in [listener] address",
	}
	advisePort = lang.Text{
		UZ: "[listener] address da shu kompyuterning manzilini va 1024 dan yuqori portni bering", RU: "задайте в [listener] address адрес этого компьютера и порт выше 1024", EN: "set an address of this machine and a port above 1024 in [listener] address",
	}
	adviseDeaf = lang.Text{UZ: "kompyuterning xavfsizlik devorini tekshiring va xizmatni qayta ishga tushiring", RU: "проверьте файрвол этого компьютера и перезапустите службу", EN: "check this machine's firewall, and restart the service"}
)

// lookAtPort connects to our own port, or tries whether it can be had.
func lookAtPort(ctx context.Context, r *round) finding {
	if r.Listens != nil {
		address := reachable(r.Listens.Address)
		conn, err := new(net.Dialer).DialContext(ctx, "tcp", address)
		if err != nil {
			return failed(about(sayDeaf, address, reasonOf(err)), adviseDeaf)
		}
		_ = conn.Close()
		return passed(about(sayHeld, r.Listens.Address))
	}
	if r.Config == nil {
		return skipped(sayNoSettings)
	}
	address := r.Config.Listener.Address
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return failed(about(sayTaken, address), adviseTaken)
	case err != nil:
		return failed(about(sayNotOurs, address, reasonOf(err)), advisePort)
	}
	_ = l.Close()
	return passed(about(sayCanTake, address))
}

// reachable is where this machine connects to an address that is listened on:
// one that means all of them is the loopback.
func reachable(a net.Addr) string {
	at, err := netip.ParseAddrPort(a.String())
	if err != nil {
		return a.String()
	}
	if at.Addr().IsUnspecified() { // both kinds of addresses then
		at = netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 0, 1}), at.Port())
	}
	return at.String()
}
