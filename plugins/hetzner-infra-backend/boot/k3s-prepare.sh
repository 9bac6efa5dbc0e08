#!/bin/sh
# Runs as root before each start of k3s, from its unit. Every part may be
# repeated: a server that lost its power in the middle goes on at its next start.
#
# Environment (prepare.env):
#   NODE_RANGE      the private address lies in this range (CIDR)
#   JOINS           yes: joins a cluster. no: makes one, unless one answers already
#   CONTROL_PLANES  private addresses of control planes, in the order to try them
#   RELEASE_URL     folder that holds the binaries of the pinned release
#   SHA256_AMD64, SHA256_ARM64   what the binaries must hash to
set -eu

BINARY=/usr/local/bin/k3s
SETTINGS=/etc/rancher/k3s/config.yaml.d
CLUSTER_CA=/etc/rancher/k3s/cluster-ca.crt
MEMBER=/var/lib/rancher/k3s/server/db/etcd
ANSWERING=/run/k3s-answering

# Private interfaces come up some seconds after the server, and late ones within minutes.
ADDRESS_SECONDS=300
# After this long the image has not configured the interface, so it is done here.
UNCONFIGURED_SECONDS=30
# A wrong binary stays wrong for a while: its next download waits this long.
MISMATCH_SECONDS=60

say() {
  echo "k3s-prepare: $*" >&2
}

# Writes standard input to a file in one go: k3s never reads half of it.
put() {
  mkdir -p "${1%/*}"
  cat >"$1.part"
  mv "$1.part" "$1"
}

# Prints name and address of the interface in the nodes' range; fails without one.
private_interface() {
  ip -4 -o addr show to "$NODE_RANGE" scope global | {
    read -r _ name _ address _ && echo "$name ${address%%/*}"
  }
}

# Private interfaces have hardware addresses that begin with 86:00.
configure_private_interfaces() {
  for interface in /sys/class/net/*; do
    mac=$(cat "$interface/address") || continue
    case $mac in
      86:00:*) ;;
      *) continue ;;
    esac
    say "${interface##*/} has no address in $NODE_RANGE: asking for one by DHCP"
    put "/etc/systemd/network/05-${interface##*/}.network" <<END
[Match]
MACAddress=$mac

[Network]
DHCP=ipv4
END
  done
  networkctl reload
}

wait_for_address() {
  waited=0
  until found=$(private_interface); do
    if [ "$waited" -ge "$ADDRESS_SECONDS" ]; then
      say "no interface has an address in $NODE_RANGE after $waited s"
      exit 1
    fi
    if [ "$waited" -eq "$UNCONFIGURED_SECONDS" ]; then
      configure_private_interfaces
    fi
    sleep 1
    waited=$((waited + 1))
  done
  interface=${found% *}
  address=${found#* }
}

# Prints the first other control plane that answers with a certificate of this cluster.
answering_control_plane() {
  for candidate in $CONTROL_PLANES; do
    if [ "$candidate" = "$address" ]; then
      continue
    fi
    if curl --silent --fail --output /dev/null --cacert "$CLUSTER_CA" \
      --connect-timeout 2 --max-time 5 "https://$candidate:6443/ping"; then
      echo "$candidate"
      return
    fi
  done
}

install_k3s() {
  if [ -x "$BINARY" ]; then
    return
  fi
  case $(uname -m) in
    x86_64)
      file=k3s
      expected=$SHA256_AMD64
      ;;
    aarch64)
      file=k3s-arm64
      expected=$SHA256_ARM64
      ;;
    *)
      say "k3s is not pinned for $(uname -m)"
      exit 1
      ;;
  esac
  say "downloading $RELEASE_URL/$file"
  curl --silent --show-error --fail --location \
    --proto =https --proto-redir =https --tlsv1.2 \
    --retry 5 --retry-all-errors --connect-timeout 10 --max-time 300 \
    --output "$BINARY.part" "$RELEASE_URL/$file"
  if ! echo "$expected  $BINARY.part" | sha256sum --check --status; then
    say "$RELEASE_URL/$file is not the pinned binary: its SHA-256 is not $expected"
    rm "$BINARY.part"
    sleep "$MISMATCH_SECONDS"
    exit 1
  fi
  chmod 0755 "$BINARY.part"
  # Without this a loss of power could leave a name without its content.
  sync "$BINARY.part"
  mv "$BINARY.part" "$BINARY"
}

# A control plane that was made anew joins those that stand: with a cluster of its
# own there would be two. One that is a member already knows the others by itself.
join() {
  if [ -z "$1" ]; then
    return
  fi
  if [ "$JOINS" = no ] && [ -d "$MEMBER" ]; then
    return
  fi
  say "joining $1"
  {
    # Workers do not know this setting, and refuse what they do not know.
    if [ "$JOINS" = no ]; then
      echo "cluster-init: false"
    fi
    echo "server: https://$1:6443"
  } | put "$SETTINGS/20-join.yaml"
}

sysctl --quiet --load /etc/sysctl.d/90-kubelet.conf
wait_for_address
put "$SETTINGS/10-interface.yaml" <<END
flannel-iface: $interface
node-ip: $address
END

# Asking takes seconds where nobody answers, as long as the download.
answering_control_plane >"$ANSWERING" &
install_k3s
wait $!
join "$(cat "$ANSWERING")"
