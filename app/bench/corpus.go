package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"time"

	"passerelle/content"
)

// line is a thread of the bulk format.
type line struct {
	Type      string    `json:"type"`
	Key       string    `json:"key"`
	Forum     string    `json:"forum"`
	Kind      string    `json:"kind"`
	Title     string    `json:"title"`
	Author    string    `json:"author"`
	CreatedAt time.Time `json:"created_at"`
	Posts     []post    `json:"posts"`
}

type post struct {
	Author    string    `json:"author"`
	CreatedAt time.Time `json:"created_at"`
	Markdown  string    `json:"markdown"`
}

// writeCorpus writes threads of 20 posts of about 1 kB, whose paragraphs are
// those of the demonstration, recombined.
func writeCorpus(path string, posts int) error {
	paragraphs, err := demoParagraphs()
	if err != nil {
		return err
	}
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	out := bufio.NewWriter(file)
	random := rand.New(rand.NewPCG(3, 1415))
	start := time.Date(2025, 1, 6, 9, 0, 0, 0, time.UTC)
	for t := range posts / 20 {
		at := start.Add(time.Duration(t) * time.Hour)
		l := line{
			Type: "thread", Key: fmt.Sprintf("bench-%d", t), Forum: "donnees-ouvertes", Kind: "discussion",
			Title: fmt.Sprintf("Fil de mesure numéro %d", t+1), Author: "Mesure A.", CreatedAt: at,
		}
		for p := range 20 {
			var text strings.Builder
			for text.Len() < 1000 {
				text.WriteString(paragraphs[random.IntN(len(paragraphs))] + "\n\n")
			}
			l.Posts = append(l.Posts, post{Author: fmt.Sprintf("Mesure %d.", random.IntN(200)), CreatedAt: at.Add(time.Duration(p) * time.Minute), Markdown: text.String()})
		}
		if err := json.NewEncoder(out).Encode(l); err != nil {
			return err
		}
	}
	return out.Flush()
}

func demoParagraphs() (paragraphs []string, err error) {
	data, err := content.Embedded.ReadFile("demo/forums.jsonl")
	if err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, 1<<22)
	for lines.Scan() {
		var l line
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return nil, err
		}
		for _, p := range l.Posts {
			for _, paragraph := range strings.Split(p.Markdown, "\n\n") {
				if len(paragraph) > 60 && !strings.HasPrefix(paragraph, ">") {
					paragraphs = append(paragraphs, paragraph)
				}
			}
		}
	}
	return paragraphs, lines.Err()
}
