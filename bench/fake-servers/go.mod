module fakebigquery

go 1.24
