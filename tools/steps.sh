# To be sourced: `step NAME` begins a step and says so; at the end a table says how long each one took, and how much
# time of the processor, which other work on the machine changes little.
step_names=() step_seconds=() step_used=()

# Seconds of processor time of all commands that have ended.
used() {
    local stat fields
    read -r stat </proc/$$/stat
    read -ra fields <<<"${stat##*) }"
    echo $(((fields[13] + fields[14]) / $(getconf CLK_TCK)))
}

step_done() {
    if [[ -n ${step_now:-} ]]; then
        step_names+=("$step_now")
        step_seconds+=($((SECONDS - step_began)))
        step_used+=($(($(used) - step_used_before)))
    fi
    step_now=
}

step() {
    step_done
    step_now=$* step_began=$SECONDS step_used_before=$(used)
    printf '\n== %s\n' "$*"
}

step_row() { # seconds, seconds of the processor, name
    printf '  %3d:%02d %3d:%02d  %s\n' $(($1 / 60)) $(($1 % 60)) $(($2 / 60)) $(($2 % 60)) "$3"
}

steps_table() {
    local code=$? k sum=0 used=0
    step_done
    printf '\n%s took, in minutes on the clock and of the processor\n' "$0"
    for k in "${!step_names[@]}"; do
        step_row "${step_seconds[k]}" "${step_used[k]}" "${step_names[k]}"
        sum=$((sum + step_seconds[k])) used=$((used + step_used[k]))
    done
    step_row "$sum" "$used" "together, exit code $code"
}
trap steps_table EXIT
