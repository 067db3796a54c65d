# To be sourced: `step NAME` begins a step and says so; at the end a table says how long each one took.
step_names=() step_seconds=()

step_done() {
    if [[ -n ${step_now:-} ]]; then
        step_names+=("$step_now")
        step_seconds+=($((SECONDS - step_began)))
    fi
    step_now=
}

step() {
    step_done
    step_now=$* step_began=$SECONDS
    printf '\n== %s\n' "$*"
}

steps_table() {
    local code=$? k sum=0
    step_done
    printf '\n%s took\n' "${0##*/}"
    for k in "${!step_names[@]}"; do
        printf '  %2d min %02d s  %s\n' $((step_seconds[k] / 60)) $((step_seconds[k] % 60)) "${step_names[k]}"
        sum=$((sum + step_seconds[k]))
    done
    printf '  %2d min %02d s  together, exit code %d\n' $((sum / 60)) $((sum % 60)) "$code"
}
trap steps_table EXIT
