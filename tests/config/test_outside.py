"""What is answered to requests that no page is there for."""

import pytest


@pytest.mark.parametrize("host", ["evil.example", "", "a,b", "[::1", "\xff"])
@pytest.mark.parametrize("path", ["/", "/sign-in/", "/desk/", "/admin/"])
def test_a_host_that_is_not_ours_is_a_bad_request(client, host, path):
    client.raise_request_exception = False

    answer = client.get(path, headers={"Host": host})

    assert answer.status_code == 400
    assert "This request could not be read" in answer.content.decode()


def test_a_host_that_is_not_ours_is_a_problem_below_the_api(client):
    answer = client.get("/api/v1/claims", headers={"Host": "evil.example"})

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/sign-in/", "/desk/", "/language", "/api/v1/claims"])
@pytest.mark.parametrize("charset", ["utf-7", "latin-1", "utf-16"])
def test_a_form_in_another_encoding_is_a_bad_request(client, path, charset):
    answer = client.post(
        path,
        b"username=%ff",
        content_type=f"application/x-www-form-urlencoded; charset={charset}",
    )

    assert answer.status_code == 400
    assert "cannot be read" in answer.content.decode()
