#!/bin/sh
# Makes every PEM in this directory afresh; README.txt says what each one is for.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -f ./*.pem

key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1" 2>/dev/null; }

: > "$work/index"
printf '%s\n' '[ca]' 'default_ca=x' '[x]' "database=$work/index" "new_certs_dir=$work" 'default_md=sha256' \
    'policy=p' 'rand_serial=yes' 'unique_subject=no' 'preserve=yes' \
    '[p]' 'organizationName=optional' 'commonName=supplied' > "$work/ca.cnf"

# certify <file> <key> <subject> <extensions> <signer's options>…: valid from $start to $end
start=20200101000000Z end=21200101000000Z
certify() {
    file=$1 key=$2 subject=$3
    printf '%b' "$4" > "$work/ext"
    shift 4
    [ -f "$key" ] || key "$key"
    openssl req -new -key "$key" -subj "$subject" -out "$work/csr"
    # "openssl ca" and not "x509": only it can set both dates, so a clock that is off does no harm.
    openssl ca -batch -notext -config "$work/ca.cnf" -in "$work/csr" -startdate $start -enddate $end \
        -extfile "$work/ext" -out "$file" "$@" 2> "$work/log" || { cat "$work/log"; exit 1; }
}

# authority <file> <key> <name>: a self-signed authority
authority() {
    key "$2"
    certify "$1" "$2" "/O=HashiCorp Inc./CN=$3" \
        'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n' -selfsign -keyfile "$2"
}

# signed <file> <key> <name> <authority> <its key> <extension>…
signed() {
    file=$1 key=$2 name=$3 by=$4 bykey=$5
    shift 5
    certify "$file" "$key" "/CN=$name" "$(printf '%s\\n' "$@")" -cert "$by" -keyfile "$bykey"
}

server_names=subjectAltName=DNS:server.global.nomad,DNS:localhost,IP:127.0.0.1
both=extendedKeyUsage=serverAuth,clientAuth

authority ca.pem "$work/ca.key" "Nomad Agent CA 1"
authority other-ca.pem "$work/other.key" "Nomad Agent CA 2"
authority "$work/twin.pem" "$work/twin.key" "Nomad Agent CA 1"
cat other-ca.pem ca.pem > both-cas.pem

signed server.pem server-key.pem server.global.nomad ca.pem "$work/ca.key" $server_names $both
signed server-name-only.pem server-name-only-key.pem server.global.nomad ca.pem "$work/ca.key" \
    subjectAltName=DNS:server.global.nomad $both
signed server-twin.pem server-twin-key.pem server.global.nomad "$work/twin.pem" "$work/twin.key" $server_names $both
signed server-no-purpose.pem server-no-purpose-key.pem client.global.nomad ca.pem "$work/ca.key" \
    $server_names extendedKeyUsage=clientAuth

end=20210101000000Z
signed server-expired.pem server-expired-key.pem server.global.nomad ca.pem "$work/ca.key" $server_names $both
end=21200101000000Z

signed client-ec.pem client-ec-pkcs8-key.pem client.global.nomad ca.pem "$work/ca.key" $both
openssl ec -in client-ec-pkcs8-key.pem -out client-ec-sec1-key.pem 2>/dev/null
{ openssl ecparam -name prime256v1; cat client-ec-sec1-key.pem; } > client-ec-parameters-key.pem
openssl ec -in client-ec-pkcs8-key.pem -aes256 -passout pass:secret -out client-ec-sec1-encrypted-key.pem 2>/dev/null
openssl pkcs8 -topk8 -in client-ec-pkcs8-key.pem -passout pass:secret -out client-ec-pkcs8-encrypted-key.pem

openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out client-rsa-pkcs8-key.pem
signed client-rsa.pem client-rsa-pkcs8-key.pem client.global.nomad ca.pem "$work/ca.key" $both
openssl rsa -in client-rsa-pkcs8-key.pem -traditional -out client-rsa-pkcs1-key.pem 2>/dev/null

openssl genpkey -algorithm ED25519 -out client-ed25519-key.pem
signed client-ed25519.pem client-ed25519-key.pem client.global.nomad ca.pem "$work/ca.key" $both

signed "$work/middle.pem" "$work/middle.key" "Nomad Intermediate CA" ca.pem "$work/ca.key" \
    basicConstraints=critical,CA:TRUE keyUsage=critical,keyCertSign
signed "$work/leaf.pem" client-chain-key.pem client.global.nomad "$work/middle.pem" "$work/middle.key" $both
cat "$work/leaf.pem" "$work/middle.pem" > client-chain.pem
cat "$work/middle.pem" "$work/leaf.pem" > client-chain-reversed.pem

signed server-foreign.pem server-foreign-key.pem server.global.nomad other-ca.pem "$work/other.key" $server_names $both
signed client-foreign.pem client-foreign-key.pem client.global.nomad other-ca.pem "$work/other.key" $both
chmod 644 ./*.pem
