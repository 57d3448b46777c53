// Tide tells at what hour the ferry can land.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"
)

// Landing is one hour at which the water is high enough.
type Landing struct {
	Harbour string `json:"harbour"`
	Hour    int    `json:"hour"`
}

var landings = []Landing{
	{"Westhaven", 6},
	{"Lightside", 9},
	{"Old Pier", 14},
}

func main() {
	port := os.Getenv("PORT")
	if port == "" {
		port = "8081"
	}
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			http.NotFound(w, r)
			return
		}
		for i, l := range landings {
			fmt.Fprintf(w, "%d. %-10s %02d:00\n", i+1, l.Harbour, l.Hour)
		}
	})
	http.HandleFunc("/landings.json", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if err := json.NewEncoder(w).Encode(landings); err != nil {
			log.Println(err)
		}
	})
	log.SetFlags(0)
	log.Printf("landings on port %s", port)
	log.Fatal(http.ListenAndServe(":"+port, nil))
}
