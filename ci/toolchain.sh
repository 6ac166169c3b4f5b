# Finds or installs what the build needs: a JDK of at least version 17 and Maven. Sourced by ./convnet and ci/test.
# After "find_toolchain": JAVA_HOME is exported, "$maven" is the mvn command.

minimum_java=17

# Java knows file names by the locale; in that of C only those in ASCII.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in
    C | POSIX) export LC_ALL=C.UTF-8 ;;
esac

# java_feature HOME: the feature version of the JDK there (17, 21, ...), 0 where there is none.
java_feature() {
    if [ -x "$1/bin/javac" ] && [ -r "$1/release" ]; then
        sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
    else
        echo 0
    fi
}

# find_jdk: JAVA_HOME, then the javac of PATH, then /usr/lib/jvm; sets jdk to the first that is new enough.
find_jdk() {
    jdk=
    on_path=$(command -v javac || true)
    [ -z "$on_path" ] || on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
    for home in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/*; do
        if [ -n "$home" ] && [ "$(java_feature "$home")" -ge "$minimum_java" ] 2>/dev/null; then
            jdk=$home
            return
        fi
    done
}

find_maven() {
    maven=$(command -v mvn || true)
    if [ -z "$maven" ] && [ -x "${MAVEN_HOME:-}/bin/mvn" ]; then
        maven=$MAVEN_HOME/bin/mvn
    fi
}

# install_packages PACKAGE...: by apt-get; its output is shown only when it fails.
install_packages() {
    echo "convnet: installing $* (apt-get)" >&2
    install_log=$(mktemp)
    if ! { apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "$@"; } \
            >"$install_log" 2>&1 </dev/null; then
        cat "$install_log" >&2
        rm -f "$install_log"
        return 1
    fi
    rm -f "$install_log"
}

find_toolchain() {
    find_jdk
    find_maven
    if [ -z "$jdk" ] || [ -z "$maven" ]; then
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
            # Debian 13 has no version 17 any more; the default there is newer.
            [ -n "$jdk" ] || install_packages openjdk-17-jdk-headless || install_packages default-jdk-headless || true
            [ -n "$maven" ] || install_packages maven || true
            find_jdk
            find_maven
        fi
    fi
    if [ -z "$jdk" ]; then
        echo "convnet: no JDK of version $minimum_java or newer in JAVA_HOME, PATH or /usr/lib/jvm." \
            "Install one, for example as root: apt-get install openjdk-17-jdk-headless" >&2
        return 1
    fi
    if [ -z "$maven" ]; then
        echo "convnet: no Maven (mvn) in PATH. Install it, for example as root: apt-get install maven" >&2
        return 1
    fi
    JAVA_HOME=$jdk
    export JAVA_HOME
}
