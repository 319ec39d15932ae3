"""A request is known to come from this machine by the names that it has."""

from commands.serving.origin import name_hosts


def test_without_a_port_the_name_means_port_80():
    assert name_hosts(80) >= {"localhost", "127.0.0.1", "[::1]", "localhost:80"}
    assert all(host.endswith(":8000") for host in name_hosts(8000))
