extension DemoSource {
    /// A runtime of its own: a shell script that speaks the Runtime API with curl.
    static let notifyUser = #"""
        #!/bin/sh
        # Tells the customer that the order is paid: a whole Lambda runtime in a few lines of shell.
        api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
        headers=$(mktemp)
        trap 'rm -f "$headers"' EXIT

        while true; do
            event=$(curl --silent --fail --dump-header "$headers" "$api/invocation/next") || exit 1
            request=$(sed -n 's/^[Ll]ambda-[Rr]untime-[Aa]ws-[Rr]equest-[Ii]d: *\([^[:space:]]*\).*/\1/p' "$headers")
            order=$(printf '%s' "$event" | sed -n 's/.*"order": *"\([^"]*\)".*/\1/p')
            user=$(printf '%s' "$event" | sed -n 's/.*"user": *"\([^"]*\)".*/\1/p')
            if [ -z "$user" ]; then
                echo "ERROR no user in the event"
                curl --silent --output /dev/null --data '{"errorType": "NoUser", "errorMessage": "the event names no user"}' \
                    --header 'Lambda-Runtime-Function-Error-Type: Function.NoUser' "$api/invocation/$request/error"
                continue
            fi
            echo "INFO telling $user that order $order is paid"
            curl --silent --output /dev/null --data "{\"told\": \"$user\"}" "$api/invocation/$request/response"
        done
        """#
}
