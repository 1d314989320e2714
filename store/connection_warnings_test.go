package store_test

import (
	"testing"
	"time"

	"tushum/internal/lang"
	"tushum/store"
)

func TestWhatTheCallsWarnOf(t *testing.T) {
	t.Parallel()
	never := nineToNine()
	never.SilentAfter = 0
	soon := nineToNine()
	soon.SilentAfter = 45 * time.Minute
	sundays := func(w store.Watch) store.Watch {
		w.Closed[time.Sunday] = true
		return w
	}
	aside := func(d time.Duration) store.Traffic {
		return trafficOf(said("check", "", 0, d), said("create", "", 1, d), said("confirm", "", 2, d))
	}
	const hour, day = 60, 24 * 60
	for _, c := range []struct {
		name       string
		state      store.ConnectionState
		traffic    store.Traffic
		watch      store.Watch
		minutes    int // after noon of 21.11.2026
		code       store.WarningCode
		since      int // minutes; -1: not known
		uz, ru, en string
	}{
		{name: "all is well", traffic: trafficOf(good(0)), watch: nineToNine(), minutes: 10},
		{name: "nobody has ever called", traffic: trafficOf(), watch: nineToNine(), minutes: 30 * day},
		{name: "silent over a night", traffic: trafficOf(good(9*hour - 1)), watch: nineToNine(), minutes: 21*hour + 30},
		{name: "silent until a minute before", traffic: trafficOf(good(0)), watch: nineToNine(), minutes: 2*day - 1},
		{name: "a day off after a Saturday", traffic: trafficOf(good(8 * hour)), watch: sundays(nineToNine()), minutes: 3*day + 8*hour - 1},
		{name: "silence is never told", traffic: trafficOf(good(0)), watch: never, minutes: 9 * day},
		{name: "switched off", state: store.Paused, traffic: trafficOf(good(0), refused(1), refused(2), refused(3)), watch: nineToNine(), minutes: 9 * day},
		{name: "no keys", state: store.NotConnected, traffic: aside(time.Hour), watch: nineToNine(), minutes: 5},
		{name: "a slow network", traffic: aside(-time.Minute), watch: nineToNine(), minutes: 5},
		{name: "two wrong passwords", traffic: trafficOf(refused(0), refused(1)), watch: nineToNine(), minutes: 5},
		{name: "strangers", traffic: trafficOf(good(0), strange(1), strange(2), strange(3)), watch: nineToNine(), minutes: 5},
		{name: "one call three times", traffic: trafficOf(said("check", "", 3, -time.Hour), said("check", "", 13, -70*time.Minute), said("check", "", 23, -80*time.Minute)), watch: nineToNine(), minutes: 30},
		{name: "a clock that was an hour off yesterday", traffic: aside(time.Hour), watch: nineToNine(), minutes: day + 3},
		{name: "a clock that was set back", traffic: aside(-time.Hour), watch: nineToNine(), minutes: 1},
		{name: "two wrong service ids", traffic: trafficOf(strayed(0), strayed(1)), watch: nineToNine(), minutes: 5},
		{name: "wrong passwords of last week", traffic: trafficOf(refused(0), refused(1), refused(2)), watch: nineToNine(), minutes: 7 * day},
		{
			name: "silent", traffic: trafficOf(good(0)), watch: nineToNine(), minutes: 2 * day, code: store.BankSilent, since: 0,
			uz: "ish vaqtida 24 soatdan beri pay.uz tizimidan birorta yaroqli chaqiruv yo‘q, oxirgisi: 21.11.2026 12:00",
			ru: "уже 24 ч рабочего времени от pay.uz нет ни одного принятого вызова, последний 21.11.2026 12:00",
			en: "no good call of pay.uz for 24 h of opening hours, the last was 21.11.2026 12:00",
		},
		{
			name: "silent for less than two hours", traffic: trafficOf(good(5)), watch: soon, minutes: 52, code: store.BankSilent, since: 5,
			uz: "ish vaqtida 47 daqiqadan beri pay.uz tizimidan birorta yaroqli chaqiruv yo‘q, oxirgisi: 21.11.2026 12:05",
			ru: "уже 47 мин рабочего времени от pay.uz нет ни одного принятого вызова, последний 21.11.2026 12:05",
			en: "no good call of pay.uz for 47 min of opening hours, the last was 21.11.2026 12:05",
		},
		{
			name: "silent for years", traffic: trafficOf(good(-50 * 365 * day)), watch: nineToNine(), minutes: 0, code: store.BankSilent, since: -50 * 365 * day,
			uz: "ish vaqtida 4392 soatdan beri pay.uz tizimidan birorta yaroqli chaqiruv yo‘q, oxirgisi: 03.12.1976 12:00",
			ru: "уже 4392 ч рабочего времени от pay.uz нет ни одного принятого вызова, последний 03.12.1976 12:00",
			en: "no good call of pay.uz for 4392 h of opening hours, the last was 03.12.1976 12:00",
		},
		{
			name: "silent over a day off", traffic: trafficOf(good(8 * hour)), watch: sundays(nineToNine()), minutes: 3*day + 8*hour, code: store.BankSilent, since: 8 * hour,
			uz: "ish vaqtida 24 soatdan beri pay.uz tizimidan birorta yaroqli chaqiruv yo‘q, oxirgisi: 21.11.2026 20:00",
			ru: "уже 24 ч рабочего времени от pay.uz нет ни одного принятого вызова, последний 21.11.2026 20:00",
			en: "no good call of pay.uz for 24 h of opening hours, the last was 21.11.2026 20:00",
		},
		{
			name: "two refusals a day", traffic: trafficOf(good(0), refused(hour), refused(2*hour), refused(day+hour), refused(day+2*hour)), watch: nineToNine(), minutes: 2*day + 90, code: store.BankSilent, since: 0,
			uz: "ish vaqtida 25 soatdan beri pay.uz tizimidan birorta yaroqli chaqiruv yo‘q, oxirgisi: 21.11.2026 12:00",
			ru: "уже 25 ч рабочего времени от pay.uz нет ни одного принятого вызова, последний 21.11.2026 12:00",
			en: "no good call of pay.uz for 25 h of opening hours, the last was 21.11.2026 12:00",
		},
		{
			name: "nothing works", traffic: trafficOf(unserved(1), unserved(2), unserved(3)), watch: nineToNine(), minutes: 5, code: store.CallsFailing, since: 1,
			uz: "pay.uz chaqiruvlari xato bilan tugamoqda: 3 ta, 21.11.2026 12:01 dan beri",
			ru: "вызовы pay.uz заканчиваются ошибкой: 3, с 21.11.2026 12:01",
			en: "calls of pay.uz end in an error: 3 since 21.11.2026 12:01",
		},
		{
			name: "wrong passwords", traffic: trafficOf(good(0), refused(1), refused(2), refused(3), refused(4)), watch: nineToNine(), minutes: 5, code: store.CallsRefused, since: 1,
			uz: "pay.uz chaqiruvlari login yoki parol noto‘g‘riligi uchun rad etilmoqda: 4 ta, 21.11.2026 12:01 dan beri",
			ru: "вызовы pay.uz отклоняются из-за неверного логина или пароля: 4, с 21.11.2026 12:01",
			en: "calls of pay.uz are refused for a wrong login or password: 4 since 21.11.2026 12:01",
		},
		{
			name: "refused is not silent", traffic: trafficOf(good(0), refused(day), refused(day+1), refused(day+2)), watch: nineToNine(), minutes: day + 3, code: store.CallsRefused, since: day,
			uz: "pay.uz chaqiruvlari login yoki parol noto‘g‘riligi uchun rad etilmoqda: 3 ta, 22.11.2026 12:00 dan beri",
			ru: "вызовы pay.uz отклоняются из-за неверного логина или пароля: 3, с 22.11.2026 12:00",
			en: "calls of pay.uz are refused for a wrong login or password: 3 since 22.11.2026 12:00",
		},
		{
			name: "a right password with a wrong service id", traffic: trafficOf(refused(0), refused(0), refused(0), strayed(1), strayed(2), strayed(3)), watch: nineToNine(), minutes: 5, code: store.WrongServiceID, since: 1,
			uz: "pay.uz chaqiruvlarida boshqa serviceId turibdi: 3 ta rad etildi, 21.11.2026 12:01 dan beri",
			ru: "в вызовах pay.uz другой serviceId: отклонено 3, с 21.11.2026 12:01",
			en: "calls of pay.uz carry another serviceId: 3 refused since 21.11.2026 12:01",
		},
		{
			name: "behind by seconds", traffic: aside(75 * time.Second), watch: nineToNine(), minutes: 5, code: store.ClockAside, since: -1,
			uz: "bu kompyuter soati pay.uz soatidan 75 soniya orqada", ru: "часы этого компьютера отстают от часов pay.uz на 75 с", en: "this machine's clock is 75 s behind that of pay.uz",
		},
		{
			name: "ahead by minutes", traffic: aside(-5 * time.Minute), watch: nineToNine(), minutes: 5, code: store.ClockAside, since: -1,
			uz: "bu kompyuter soati pay.uz soatidan 5 daqiqa oldinda", ru: "часы этого компьютера спешат относительно часов pay.uz на 5 мин", en: "this machine's clock is 5 min ahead of that of pay.uz",
		},
		{
			name: "a wrong zone", traffic: aside(5 * time.Hour), watch: nineToNine(), minutes: 5, code: store.ClockAside, since: -1,
			uz: "bu kompyuter soati pay.uz soatidan 5 soat orqada", ru: "часы этого компьютера отстают от часов pay.uz на 5 ч", en: "this machine's clock is 5 h behind that of pay.uz",
		},
		{
			name: "an empty battery", traffic: aside(9000 * 24 * time.Hour), watch: nineToNine(), minutes: 5, code: store.ClockAside, since: -1,
			uz: "bu kompyuter soati pay.uz soatidan 9000 kun orqada", ru: "часы этого компьютера отстают от часов pay.uz на 9000 сут", en: "this machine's clock is 9000 days behind that of pay.uz",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			now := noon.Add(time.Duration(c.minutes) * time.Minute)
			connection := store.Connection{System: store.Uzum, Name: lang.Text{EN: "pay.uz"}, State: c.state}
			if c.state == "" {
				connection.State = store.Connected
			}
			got := store.Warnings(store.ConnectionOf(connection, c.traffic, now), c.traffic, c.watch, now)
			if c.code == "" {
				if len(got) > 0 {
					t.Errorf("warned of %+v", got)
				}
				return
			}
			if len(got) != 1 || got[0].Code != c.code {
				t.Fatalf("warned of %+v, want %s", got, c.code)
			}
			wantWarning(t, got[0], lang.Text{UZ: c.uz, RU: c.ru, EN: c.en})
			want := noon.Add(time.Duration(c.since) * time.Minute)
			if c.since == -1 {
				want = 0
			}
			if got[0].Since != want {
				t.Errorf("since %s, want %s", got[0].Since, want)
			}
		})
	}
}

func wantWarning(t *testing.T, w store.Warning, says lang.Text) {
	t.Helper()
	if w.Says != says {
		t.Errorf("says %+v, want %+v", w.Says, says)
	}
	for _, l := range lang.All {
		if w.Hint.In(l) == "" {
			t.Errorf("%s has no hint in %s", w.Code, l)
		}
		wantTidy(t, string(w.Code), l, w.Says.In(l))
		wantTidy(t, string(w.Code), l, w.Hint.In(l))
	}
}

func TestSeveralWarningsAtOnce(t *testing.T) {
	t.Parallel()
	calls := []store.Call{said("check", "", 0, time.Hour), said("check", "", 1, time.Hour), said("check", "", 2, time.Hour)}
	calls = append(calls, strayed(3), strayed(4), strayed(5), refused(6), refused(7), refused(8))
	traffic := trafficOf(calls...)
	got := store.Warnings(store.Connection{System: store.Uzum, State: store.Failing}, traffic, nineToNine(), noon.Add(time.Hour))
	var codes []store.WarningCode
	for _, w := range got {
		codes = append(codes, w.Code)
	}
	if len(codes) != 3 || codes[0] != store.CallsRefused || codes[1] != store.WrongServiceID || codes[2] != store.ClockAside {
		t.Errorf("warned of %v", codes)
	}
}
