package simulator

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
)

func (v *Vendor) signIn(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		AccountID string `json:"account_id"`
		PublicKey string `json:"public_key"`
	}
	if json.NewDecoder(r.Body).Decode(&asked) != nil || asked.AccountID != v.shop.AccountID || asked.PublicKey != v.shop.PublicKey {
		refuse(w, http.StatusUnauthorized, "ERROR_UNAUTHORIZED")
		return
	}
	reply(w, http.StatusCreated, v.issue())
}

// refreshToken takes a refresh token once, since it rotates, and from nobody but the
// bearer of the access token that came with it.
func (v *Vendor) refreshToken(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Token string `json:"refresh_token"`
	}
	if json.NewDecoder(r.Body).Decode(&asked) != nil || !v.useUp(asked.Token, bearer(r)) {
		refuse(w, http.StatusUnauthorized, "ERROR_REFRESH_TOKEN")
		return
	}
	reply(w, http.StatusOK, v.issue())
}

func (v *Vendor) useUp(token, bearer string) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	access, known := v.refresh[token]
	if !known || bearer != access {
		return false
	}
	delete(v.refresh, token)
	return true
}

// issue makes a pair of tokens. The access token has the form of a JWT.
func (v *Vendor) issue() map[string]any {
	v.mu.Lock()
	defer v.mu.Unlock()
	life := v.behaviour.TokenLife
	if life == 0 {
		life = time.Hour
	}
	v.serial++
	until := v.now().Add(life)
	part := func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }
	access := part(`{"alg":"none"}`) + "." + part(fmt.Sprintf(`{"exp":%d,"jti":%d}`, until.Unix(), v.serial)) + ".x"
	refresh := fmt.Sprintf("refresh-%d", v.serial)
	v.access[access], v.refresh[refresh] = until, access
	return map[string]any{"access_token": access, "refresh_token": refresh, "expires_in": int64(life / time.Second)}
}

// EndSessions makes all access tokens worthless, as a restart of the platform
// does; refresh tokens stay good.
func (v *Vendor) EndSessions() {
	v.mu.Lock()
	defer v.mu.Unlock()
	clear(v.access)
}

// RevokeRefresh makes all refresh tokens worthless.
func (v *Vendor) RevokeRefresh() {
	v.mu.Lock()
	defer v.mu.Unlock()
	clear(v.refresh)
}

// signed lets calls with a good token through.
func (v *Vendor) signed(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v.mu.Lock()
		until, known := v.access[bearer(r)]
		good := known && v.now().Before(until)
		v.mu.Unlock()
		if !good {
			refuse(w, http.StatusUnauthorized, "ERROR_UNAUTHORIZED")
			return
		}
		next(w, r)
	}
}

func bearer(r *http.Request) string {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		return ""
	}
	return token
}
