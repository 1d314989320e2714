#!/bin/sh
# Makes the vector of this folder with openssl alone: a shop, a body, its signature.
# The scalars of body.json, sorted by lower-cased name by hand, are in flat.txt.
set -eu
openssl genrsa -traditional -out private.pem 2048
openssl rsa -in private.pem -pubout -out public.pem
printf '{"account_id":"account-1","merchant_id":"merchant-1","project_id":"project-1","public_key":"%s","private_key":"%s","realm":"sandbox"}\n' \
	"$(base64 -w0 public.pem)" "$(base64 -w0 private.pem)" >credentials.json
printf '%s' "$(openssl dgst -sha256 -r flat.txt | cut -d' ' -f1)" |
	openssl pkeyutl -encrypt -pubin -inkey public.pem -pkeyopt rsa_padding_mode:oaep \
		-pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256 | base64 -w0 >signature.txt
rm private.pem public.pem
