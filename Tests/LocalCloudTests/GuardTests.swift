import AWSCore
import HTTPTransport
import Testing

@testable import LocalCloud

struct GuardTests {
    @Test(
        arguments: [
            ("127.0.0.1:4566", "/2015-03-31/functions", [:], true), ("localhost", "/", [:], true),
            ("localhost.:4566", "/", [:], true), ("[::1]:4566", "/", [:], true), ("127.1.2.3", "/", [:], true),
            ("stream-localhost:4566", "/", [:], true), ("streaming-127.0.0.1:4566", "/", [:], true),
            ("stream-evil.example", "/", [:], false), ("stream-localhost.evil.example", "/", [:], false),
            ("", "/", [:], false), ("evil.example", "/", [:], false), ("127.0.0.1.evil.example", "/", [:], false),
            ("localhost.evil.example", "/", [:], false), ("128.0.0.1", "/", [:], false),
            ("127.0.0.+1", "/", [:], false),
            ("localhost", "/", ["Origin": "https://evil.example"], false),
            ("localhost", "/", ["Origin": "null"], false),
            ("localhost", "/", ["Origin": "http://localhost:3000"], true),
            ("localhost", "/", ["Origin": "http://127.0.0.1.evil.example"], false),
            ("localhost", "/", ["Sec-Fetch-Site": "cross-site"], false),
            ("localhost", "/", ["Sec-Fetch-Site": "same-site"], false),
            ("localhost", "/", ["Sec-Fetch-Site": "none"], true),
            ("localhost", "/_fntop/events", ["Origin": "https://evil.example"], false),
            ("a1.execute-api.localhost", "/", ["Origin": "https://evil.example"], true),
            ("a1.execute-api.evil.example", "/", [:], false),
            ("localhost", "/_aws/execute-api/a1/x", ["Origin": "https://evil.example"], true),
            ("localhost", "/restapis/a1/dev/_user_request_/x", ["Origin": "https://evil.example"], true),
            ("localhost", "/restapis/a1/stages/dev", ["Origin": "https://evil.example"], false),
            ("localhost", "/restapis", ["Origin": "https://evil.example"], false),
            ("localhost", "/v2/apis", ["Origin": "https://evil.example"], false),
        ] as [(String, String, HTTPHeaders, Bool)])
    func onlyThisMachinesProgramsMayPass(_ host: String, _ path: String, _ headers: HTTPHeaders, _ passes: Bool) {
        let request = HTTPRequest(method: "POST", target: path, headers: headers)
        let refusal = Guard.refusal(request, Host(host))
        #expect((refusal == nil) == passes)
        #expect(refusal.map { $0.status == 403 } ?? true)
    }

    @Test(
        arguments: [
            ("a1.execute-api.localhost", "a1"), ("A1.execute-api.us-east-1.localhost:4566", "a1"), ("localhost", nil),
            ("execute-api.localhost", nil),
        ] as [(String, String?)])
    func apisAreNamedByTheirHost(_ host: String, _ api: String?) {
        #expect(Host(host).api == api)
    }
}

struct APIPathTests {
    @Test(
        arguments: [
            ("/_aws/execute-api/a1/dev/x/y", "a1", nil, "/dev/x/y"), ("/_aws/execute-api/a1", "a1", nil, "/"),
            ("/_aws/execute-api/a1/$default/x", "a1", "$default", "/x"),
            ("/_aws/execute-api/a1/%24default", "a1", "$default", "/"),
            ("/restapis/a1/dev/_user_request_/x/y", "a1", "dev", "/x/y"),
            ("/restapis/a1/dev/_user_request_", "a1", "dev", "/"), ("/restapis/a1/stages/dev", nil, nil, ""),
            ("/restapis", nil, nil, ""), ("/else", nil, nil, ""),
        ] as [(String, String?, String?, String)])
    func callsToAPIsAreKnownByTheirPath(_ path: String, _ api: String?, _ stage: String?, _ behind: String) {
        let place = APIPath(path[...])
        #expect(place?.api == api)
        #expect(place?.stage == stage)
        #expect((place?.path ?? "") == behind)
    }
}

struct CredentialScopeTests {
    @Test(
        arguments: [
            (
                "AWS4-HMAC-SHA256 Credential=AKID/20260131/eu-west-1/dynamodb/aws4_request, SignedHeaders=host",
                "eu-west-1"
            ),
            ("AWS4-HMAC-SHA256 Credential=a/b/20260131/eu-west-1/dynamodb/aws4_request,Signature=x", "eu-west-1"),
            ("AWS4-HMAC-SHA256 Credential=a/b", nil), ("Credential=", nil), ("Basic x", nil), ("", nil), ("C", nil),
        ] as [(String, String?)])
    func headers(_ header: String, _ region: String?) {
        let scope = CredentialScope(HTTPRequest(headers: ["Authorization": header]))
        #expect(scope?.region == region)
        #expect(scope.map { $0.service == "dynamodb" } ?? true)
    }

    @Test func queries() {
        let scope = CredentialScope(
            HTTPRequest(target: "/x?X-Amz-Credential=AKID%2F20260131%2fus-east-2%2Flambda%2Faws4_request&a=%2"))
        #expect(scope?.region == "us-east-2")
        #expect(scope?.service == "lambda")
        #expect(CredentialScope(HTTPRequest(target: "/x?X-Amz-Credential=a%2Fb%2")) == nil)
    }
}
