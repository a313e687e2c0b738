"""What a person may not see influences no byte that they receive: shown over generated worlds and every address."""
