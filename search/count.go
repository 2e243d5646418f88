package search

// counter counts hits: what a search finds, and in which facets.
type counter struct {
	total  int // within the filters
	all    int // without them
	facets map[string]map[string]int
}

// count adds what one part holds. Each facet counts what its own filter would
// give within the others.
func (c *counter) count(p *shard, q *query, m matched) {
	c.total += int(m.filtered.GetCardinality())
	c.all += int(m.all.GetCardinality())
	if m.all.IsEmpty() {
		return
	}
	for _, field := range facetFields {
		base := p.within(m.all, q.filters, field)
		if base.IsEmpty() {
			continue
		}
		for _, v := range p.facets[field] {
			if n := int(base.AndCardinality(v.docs)); n > 0 {
				if c.facets[field] == nil {
					c.facets[field] = map[string]int{}
				}
				c.facets[field][v.term] += n
			}
		}
	}
}
