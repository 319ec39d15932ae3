def test_x(site):
    print(site.files)
    for n, p in site.html.items(): print(n, p.title)
    for f in site.feeds: print(site.feed(f).feed.title)
    assert 0
